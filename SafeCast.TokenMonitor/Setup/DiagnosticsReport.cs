namespace SafeCast.TokenMonitor.Setup;

/// <summary>The whole set-up, step by step.</summary>
public sealed record DiagnosticsReport
{
    /// <summary>Which monitor was examined.</summary>
    public required string MonitorName { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the monitor reads from: the vault, Graph, and the clocks.</summary>
    public required IReadOnlyList<CheckedStep> Connections { get; init; }

    /// <summary>What it takes for people to be told: the memory, the channels, the schedule.</summary>
    public required IReadOnlyList<CheckedStep> Alerting { get; init; }

    /// <summary>Each configured token's checklist, in the configuration's order.</summary>
    public required IReadOnlyList<TokenSteps> Tokens { get; init; }

    /// <summary>All steps.</summary>
    public IEnumerable<CheckedStep> Steps => [.. Connections, .. Alerting, .. Tokens.SelectMany(token => token.Steps)];
}

/// <summary>One token's checklist.</summary>
/// <param name="TokenName">The token's configured name.</param>
/// <param name="Fingerprint">The fingerprint of the token in place; null: none could be read.</param>
/// <param name="Steps">The steps.</param>
public sealed record TokenSteps(string TokenName, string? Fingerprint, IReadOnlyList<CheckedStep> Steps);
