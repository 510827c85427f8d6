using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>A message that reached the channel.</summary>
/// <param name="At">The time.</param>
/// <param name="Summary">The text for the toast, if there was one.</param>
/// <param name="Card">The Adaptive Card.</param>
/// <param name="Raw">The whole request body.</param>
/// <param name="Size">Its size in bytes; 28 KB are allowed.</param>
public sealed record TeamsMessage(DateTimeOffset At, string? Summary, JsonObject Card, string Raw, int Size);
