using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator;

/// <summary>An HTTP answer.</summary>
internal sealed record Reply(int Status, byte[] Body, string? ContentType)
{
    private readonly List<(string Name, string Value)> _headers = [];

    public static Reply Empty(int status) => new(status, [], null);

    public static Reply Json(int status, JsonNode body, string contentType = "application/json") =>
        new(status, Encoding.UTF8.GetBytes(body.ToJsonString()), contentType);

    public Reply With(string header, string value)
    {
        _headers.Add((header, value));
        return this;
    }

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in _headers)
        {
            response.Headers[name] = value;
        }

        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, context.RequestAborted);
    }
}
