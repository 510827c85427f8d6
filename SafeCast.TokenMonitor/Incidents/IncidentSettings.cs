namespace SafeCast.TokenMonitor.Incidents;

/// <summary>When alerts are repeated, and on which channels they are sent.</summary>
public sealed record IncidentSettings
{
    /// <summary>The interval between reminders of a critical finding, and of a monitor that cannot check. Default: 24 hours.</summary>
    public TimeSpan RemindEvery { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The interval between reminders of warnings. Default: 7 days.</summary>
    public TimeSpan RemindOfWarningsEvery { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The number of consecutive checks with an unknown result after which a monitor-down alert is sent. Default: 3.</summary>
    public int UnknownAfter { get; init; } = 3;

    /// <summary>The names of the configured channels.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];
}
