namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>The permitted properties of an object type. <c>type</c> is permitted on all.</summary>
internal sealed record CardRule(IReadOnlyList<string> Required, Dictionary<string, CardValue> Properties);
