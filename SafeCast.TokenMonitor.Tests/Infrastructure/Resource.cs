using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>A resource that a deployment would create.</summary>
internal sealed record Resource(JsonObject Node)
{
    public string Id => Text(Node, "id")!;

    public string Type => Text(Node, "type")!;

    public string Name => Text(Node, "name")!;

    public JsonObject Properties => Node["properties"]!.AsObject();

    /// <summary>Gets a value below the properties, by a path with dots; null if there is none.</summary>
    public string? this[string path] => path.Split('.').Aggregate((JsonNode?)Properties, (node, name) => (node as JsonObject)?[name]) is { } found ? found.ToString() : null;

    private static string? Text(JsonObject node, string name) => node[name]?.GetValue<string>();
}
