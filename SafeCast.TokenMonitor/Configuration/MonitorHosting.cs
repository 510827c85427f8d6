namespace SafeCast.TokenMonitor.Configuration;

/// <summary>What kind of place the monitor runs in, which decides what its configuration must have.</summary>
public enum MonitorHosting
{
    /// <summary>By itself, every hour: needs a vault, a schedule, and at least one channel, or nobody would ever hear of anything.</summary>
    Unattended,

    /// <summary>In front of somebody who reads what it prints.</summary>
    Terminal,
}
