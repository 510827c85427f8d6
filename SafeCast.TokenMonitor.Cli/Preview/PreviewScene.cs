namespace SafeCast.TokenMonitor.Cli.Preview;

/// <summary>What leads to one message.</summary>
/// <param name="Group">Under which heading the message stands.</param>
/// <param name="Name">The finding's id, or what kind of message it is.</param>
/// <param name="Play">Plays it; the messages of the last check are the ones to show.</param>
internal sealed record PreviewScene(string Group, string Name, Func<PreviewStage, CancellationToken, Task> Play);
