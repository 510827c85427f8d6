namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>A flow run that failed after the call was accepted with 202. The message did not reach the channel, and the sender cannot know.</summary>
/// <param name="At">The time.</param>
/// <param name="Reasons">The errors, each with its position in the message.</param>
/// <param name="Raw">The whole request body.</param>
public sealed record FailedRun(DateTimeOffset At, IReadOnlyList<string> Reasons, string Raw);
