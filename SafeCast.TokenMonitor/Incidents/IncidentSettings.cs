namespace SafeCast.TokenMonitor.Incidents;

/// <summary>When people are told again.</summary>
public sealed record IncidentSettings
{
    /// <summary>How often people are reminded of something critical, and of the monitor's own blindness.</summary>
    public TimeSpan RemindEvery { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often people are reminded of warnings.</summary>
    public TimeSpan RemindOfWarningsEvery { get; init; } = TimeSpan.FromDays(7);

    /// <summary>After how many checks running that could not find out people are told that the monitor is blind.</summary>
    public int UnknownAfter { get; init; } = 3;

    /// <summary>The names of the channels that there are.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];
}
