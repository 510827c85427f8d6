using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A Graph object with its fields.</summary>
/// <param name="Type">The name of its type in error messages.</param>
/// <param name="Fields">All fields.</param>
/// <param name="Defaults">The fields that are returned by default.</param>
internal sealed record Node(string Type, IReadOnlyDictionary<string, Func<JsonNode?>> Fields, IReadOnlyList<string> Defaults)
{
    /// <summary>The same object without these fields: as if Meta had removed them from the type.</summary>
    public Node Without(IReadOnlySet<string> removed) => removed.Count == 0
        ? this
        : this with
        {
            Fields = Fields.Where(field => !removed.Contains(field.Key)).ToDictionary(),
            Defaults = [.. Defaults.Where(field => !removed.Contains(field))],
        };

    /// <summary>The requested fields and the id.</summary>
    public GraphResult Select(IReadOnlyList<string> asked)
    {
        var body = new JsonObject();
        foreach (var field in asked.Count == 0 ? Defaults : asked)
        {
            if (!Fields.TryGetValue(field, out var value))
            {
                return GraphErrors.NoSuchField(field, Type);
            }

            body[field] = value();
        }

        if (!body.ContainsKey("id") && Fields.TryGetValue("id", out var id))
        {
            body["id"] = id();
        }

        return body;
    }
}
