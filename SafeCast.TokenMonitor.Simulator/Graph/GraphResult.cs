using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A body or an error.</summary>
internal readonly record struct GraphResult(JsonObject? Body, GraphError? Error)
{
    public static implicit operator GraphResult(JsonObject body) => new(body, null);

    public static implicit operator GraphResult(GraphError error) => new(null, error);
}
