namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>What the headers of Graph's answer say of Graph itself.</summary>
/// <param name="Version">The version that answered; null: not said.</param>
/// <param name="ClockSkew">By how much its clock is ahead of this machine's; null: not said.</param>
internal sealed record GraphObservation(string? Version, TimeSpan? ClockSkew);
