namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>The facts about Graph in the headers of an answer.</summary>
/// <param name="Version">The version that answered; null: not stated.</param>
/// <param name="ClockSkew">The difference between its clock and the clock of this machine; positive: Graph is ahead; null: not stated.</param>
internal sealed record GraphObservation(string? Version, TimeSpan? ClockSkew);
