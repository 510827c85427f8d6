namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>A flow run that failed after the call had been accepted with 202: nothing reached the channel, and the sender cannot know.</summary>
/// <param name="At">When.</param>
/// <param name="Reasons">What was wrong, each with the place in the message.</param>
/// <param name="Raw">The whole request body.</param>
public sealed record FailedRun(DateTimeOffset At, IReadOnlyList<string> Reasons, string Raw);
