namespace SafeCast.TokenMonitor.Setup;

/// <summary>The result of the diagnostics.</summary>
public sealed record DiagnosticsReport
{
    /// <summary>The name of the monitor.</summary>
    public required string MonitorName { get; init; }

    /// <summary>The time, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The connections to the vault and Graph, and the clocks.</summary>
    public required IReadOnlyList<CheckedStep> Connections { get; init; }

    /// <summary>The state, the channels and the schedule.</summary>
    public required IReadOnlyList<CheckedStep> Alerting { get; init; }

    /// <summary>The checklists of the configured tokens, in the order of the configuration.</summary>
    public required IReadOnlyList<TokenSteps> Tokens { get; init; }

    /// <summary>All steps.</summary>
    public IEnumerable<CheckedStep> Steps => [.. Connections, .. Alerting, .. Tokens.SelectMany(token => token.Steps)];
}

/// <summary>The checklist of a token.</summary>
/// <param name="TokenName">The configured name of the token.</param>
/// <param name="Fingerprint">The fingerprint of the stored token; null: no token could be read.</param>
/// <param name="Steps">The steps.</param>
public sealed record TokenSteps(string TokenName, string? Fingerprint, IReadOnlyList<CheckedStep> Steps);
