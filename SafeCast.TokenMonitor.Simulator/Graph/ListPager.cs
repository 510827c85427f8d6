using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>Splits lists into pages with cursors and a <c>next</c> URL that contains the access token, like Graph.</summary>
internal sealed class ListPager(Uri baseUrl, int pageSize)
{
    public GraphResult Page(IEnumerable<Node> nodes, GraphRequest request)
    {
        var start = 0;
        if (request.Parameter("after") is { } after && !TryReadCursor(after, out start))
        {
            return GraphErrors.InvalidCursor;
        }

        var size = int.TryParse(request.Parameter("limit"), CultureInfo.InvariantCulture, out var limit) && limit > 0 ? Math.Min(limit, pageSize) : pageSize;
        var rest = nodes.Skip(start).Take(size + 1).ToList();
        var data = new JsonArray();
        foreach (var node in rest.Take(size))
        {
            var (row, error) = node.Select(request.Fields);
            if (error is not null)
            {
                return error;
            }

            data.Add((JsonNode)row!);
        }

        var body = new JsonObject { ["data"] = data };
        if (data.Count > 0)
        {
            var end = start + data.Count;
            var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = Cursor(start), ["after"] = Cursor(end) } };
            if (rest.Count > size)
            {
                paging["next"] = Next(request, size, Cursor(end));
            }

            body["paging"] = paging;
        }

        return body;
    }

    private static string Cursor(int position) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"position:{position}")));

    private static bool TryReadCursor(string cursor, out int position)
    {
        position = 0;
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length).Split(':') is ["position", var number]
            && int.TryParse(number, CultureInfo.InvariantCulture, out position);
    }

    private string Next(GraphRequest request, int size, string after)
    {
        var path = string.Join('/', request.Version is null ? request.Path : [request.Version, .. request.Path]);
        var fields = request.Fields.Count == 0 ? "" : $"&fields={Uri.EscapeDataString(string.Join(',', request.Fields))}";
        var business = request.Parameter("business") is { } id ? $"&business={Uri.EscapeDataString(id)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{baseUrl}/{path}?access_token={Uri.EscapeDataString(request.Credential!)}{fields}{business}&limit={size}&after={Uri.EscapeDataString(after)}");
    }
}
