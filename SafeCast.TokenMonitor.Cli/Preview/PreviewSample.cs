using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Cli.Preview;

/// <summary>One message, as the stand-ins received it. A channel that fails receives nothing.</summary>
/// <param name="Group">Under which heading it stands.</param>
/// <param name="Name">For the names of its files.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Html">The mail's HTML part.</param>
/// <param name="Text">The mail's text part.</param>
/// <param name="Card">The card.</param>
internal sealed record PreviewSample(string Group, string Name, string Subject, string? Html, string? Text, JsonObject? Card);
