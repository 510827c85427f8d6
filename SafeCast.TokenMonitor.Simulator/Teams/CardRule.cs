namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>What one type of object may hold. <c>type</c> may stand on all.</summary>
internal sealed record CardRule(IReadOnlyList<string> Required, Dictionary<string, CardValue> Properties);
