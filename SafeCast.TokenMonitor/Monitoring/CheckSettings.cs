using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>What to check.</summary>
/// <param name="MonitorName">Which monitor is talking: the function app, or the machine.</param>
/// <param name="Tokens">The tokens to watch.</param>
/// <param name="Concurrency">How many of them are inspected at once.</param>
public sealed record CheckSettings(string MonitorName, IReadOnlyList<MonitoredToken> Tokens, int Concurrency)
{
    /// <summary>What works in the configuration and should be changed, each a sentence. Logged once.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What assessing one of them takes.</summary>
    /// <param name="monitored">Which.</param>
    /// <param name="sharedWith">The other names that hold the same token.</param>
    public AssessmentSettings AssessmentOf(MonitoredToken monitored, IReadOnlyCollection<string> sharedWith)
    {
        ArgumentNullException.ThrowIfNull(monitored);
        return new AssessmentSettings(monitored.Ignored, sharedWith)
        {
            Others = [.. Tokens.Where(other => other.Expectation.Name != monitored.Expectation.Name).Select(other => other.Expectation)],
        };
    }
}

/// <summary>A token to watch.</summary>
/// <param name="Expectation">What it should be.</param>
/// <param name="Ignored">Ids of findings that it may have.</param>
public sealed record MonitoredToken(TokenExpectation Expectation, IReadOnlyList<string> Ignored);
