namespace SafeCast.TokenMonitor.Cli.Preview;

/// <summary>A sequence of events that results in one message.</summary>
/// <param name="Group">The heading that the message is listed under.</param>
/// <param name="Name">The id of the finding, or the kind of message.</param>
/// <param name="Play">Runs the scene. The messages of the last check are shown.</param>
internal sealed record PreviewScene(string Group, string Name, Func<PreviewStage, CancellationToken, Task> Play);
