using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>The settings of a check.</summary>
/// <param name="MonitorName">The name of the monitor: the function app or the machine.</param>
/// <param name="Tokens">The tokens to monitor.</param>
/// <param name="Concurrency">The maximum number of concurrent inspections.</param>
public sealed record CheckSettings(string MonitorName, IReadOnlyList<MonitoredToken> Tokens, int Concurrency)
{
    /// <summary>Settings that work and should be changed, each as a sentence. Logged once.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Gets the settings for the assessment of one token.</summary>
    /// <param name="monitored">The token.</param>
    /// <param name="sharedWith">The other configured names with the same token value.</param>
    public AssessmentSettings AssessmentOf(MonitoredToken monitored, IReadOnlyCollection<string> sharedWith)
    {
        ArgumentNullException.ThrowIfNull(monitored);
        return new AssessmentSettings(monitored.Ignored, sharedWith)
        {
            Others = [.. Tokens.Where(other => other.Expectation.Name != monitored.Expectation.Name).Select(other => other.Expectation)],
        };
    }
}

/// <summary>A token to monitor.</summary>
/// <param name="Expectation">The expected properties of the token.</param>
/// <param name="Ignored">The ids of findings to ignore.</param>
public sealed record MonitoredToken(TokenExpectation Expectation, IReadOnlyList<string> Ignored);
