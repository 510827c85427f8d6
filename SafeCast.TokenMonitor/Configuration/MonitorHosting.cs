namespace SafeCast.TokenMonitor.Configuration;

/// <summary>Where the monitor runs. It decides which settings are required.</summary>
public enum MonitorHosting
{
    /// <summary>Unattended, on a schedule: a vault, a schedule, stored state and at least one channel are required.</summary>
    Unattended,

    /// <summary>On the command line: results are printed, so a vault, a schedule and channels are optional.</summary>
    Terminal,
}
