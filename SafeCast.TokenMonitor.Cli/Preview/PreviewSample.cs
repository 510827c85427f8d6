using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Cli.Preview;

/// <summary>A message as the simulators received it. A channel that fails receives nothing.</summary>
/// <param name="Group">The heading that it is listed under.</param>
/// <param name="Name">The name for its files.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Html">The HTML part of the mail.</param>
/// <param name="Text">The text part of the mail.</param>
/// <param name="Card">The card.</param>
internal sealed record PreviewSample(string Group, string Name, string Subject, string? Html, string? Text, JsonObject? Card);
