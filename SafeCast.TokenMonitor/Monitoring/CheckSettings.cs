using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>What to check.</summary>
/// <param name="MonitorName">Which monitor is talking: the function app, or the machine.</param>
/// <param name="Tokens">The tokens to watch.</param>
/// <param name="Concurrency">How many of them are inspected at once.</param>
public sealed record CheckSettings(string MonitorName, IReadOnlyList<WatchedToken> Tokens, int Concurrency)
{
    /// <summary>What assessing one of them takes.</summary>
    /// <param name="watched">Which.</param>
    /// <param name="sharedWith">The other names that hold the same token.</param>
    public AssessmentSettings AssessmentOf(WatchedToken watched, IReadOnlyCollection<string> sharedWith)
    {
        ArgumentNullException.ThrowIfNull(watched);
        return new AssessmentSettings(watched.Accepted, sharedWith)
        {
            Others = [.. Tokens.Where(other => other.Expectation.Name != watched.Expectation.Name).Select(other => other.Expectation)],
        };
    }
}

/// <summary>A token to watch.</summary>
/// <param name="Expectation">What it should be.</param>
/// <param name="Accepted">Ids of findings that it may have.</param>
public sealed record WatchedToken(TokenExpectation Expectation, IReadOnlyList<string> Accepted);
