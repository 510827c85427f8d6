using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>What to check.</summary>
/// <param name="MonitorName">Which monitor is talking: the function app, or the machine.</param>
/// <param name="Tokens">The tokens to watch.</param>
/// <param name="Concurrency">How many of them are inspected at once.</param>
public sealed record CheckSettings(string MonitorName, IReadOnlyList<WatchedToken> Tokens, int Concurrency);

/// <summary>A token to watch.</summary>
/// <param name="Expectation">What it should be.</param>
/// <param name="Accepted">Ids of findings that it may have.</param>
public sealed record WatchedToken(TokenExpectation Expectation, IReadOnlyList<string> Accepted);
