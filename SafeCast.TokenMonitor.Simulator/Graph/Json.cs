using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.Graph;

internal static class Json
{
    public static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
