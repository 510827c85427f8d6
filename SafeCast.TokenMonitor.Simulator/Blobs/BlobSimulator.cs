using System.Globalization;
using System.Security;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Blobs;

/// <summary>
/// Simulates Azure Blob Storage: creating a container, and reading, writing and deleting small blobs with conditional writes. Any access token
/// is accepted.
/// </summary>
public sealed class BlobSimulator : SimulatedService<BlobCall>
{
    internal const string PathBase = "/storage";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, StoredBlob>> _containers = new(StringComparer.Ordinal);
    private int _versions;

    internal BlobSimulator(TimeProvider clock)
        : base(clock)
    {
    }

    /// <summary>The https address of a container, which need not exist yet.</summary>
    public Uri ContainerUri(string name) => new($"{SecureBaseUrl}/{name}");

    /// <summary>Creates a container, as a deployment does.</summary>
    public void AddContainer(string name)
    {
        lock (_gate)
        {
            _containers.TryAdd(name, new(StringComparer.Ordinal));
        }
    }

    /// <summary>The content of a blob as text; null: there is no such blob.</summary>
    public string? Read(string container, string blob)
    {
        lock (_gate)
        {
            return _containers.GetValueOrDefault(container)?.GetValueOrDefault(blob) is { } stored ? Encoding.UTF8.GetString(stored.Content) : null;
        }
    }

    private protected override BlobCall Describe(HttpContext context, PathString path)
    {
        var parts = path.Value!.Split('/', 2, StringSplitOptions.RemoveEmptyEntries);
        return new BlobCall { Method = context.Request.Method, Container = parts.ElementAtOrDefault(0), Blob = parts.ElementAtOrDefault(1) };
    }

    private protected override async Task<Reply> AnswerAsync(BlobCall call, HttpContext context, PathString path)
    {
        if (!context.Request.Headers.ContainsKey("Authorization"))
        {
            return Error(401, "NoAuthenticationInformation");
        }

        var content = await RequestBody.ReadAsync(context);
        lock (_gate)
        {
            return call switch
            {
                { Container: { } container, Blob: null, Method: "PUT" } => CreateContainer(container),
                { Container: { } container, Blob: not null } when !_containers.ContainsKey(container) => Error(404, "ContainerNotFound"),
                { Container: { } container, Blob: { } blob, Method: "GET" } => Get(_containers[container].GetValueOrDefault(blob)),
                { Container: { } container, Blob: { } blob, Method: "PUT" } => Put(_containers[container], blob, content, context.Request.Headers),
                { Container: { } container, Blob: { } blob, Method: "DELETE" } => _containers[container].Remove(blob) ? Reply.Empty(202) : Error(404, "BlobNotFound"),
                _ => Error(400, "UnsupportedHttpVerb"),
            };
        }
    }

    private protected override void Stamp(BlobCall call, HttpContext context)
    {
        context.Response.Headers["x-ms-request-id"] = Guid.NewGuid().ToString();
        context.Response.Headers["x-ms-version"] = context.Request.Headers["x-ms-version"];
    }

    private static Reply Get(StoredBlob? blob) => blob is null
        ? Error(404, "BlobNotFound")
        : Stored(new Reply(200, blob.Content, blob.ContentType), blob).With("x-ms-blob-type", "BlockBlob");

    private static Reply Stored(Reply reply, StoredBlob blob) =>
        reply.With("ETag", blob.ETag).With("Last-Modified", blob.ModifiedAt.ToString("R", CultureInfo.InvariantCulture));

    private static Reply Error(int status, string code) => new Reply(
        status,
        Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{SecurityElement.Escape(code)}</Code><Message>The simulator refused the call.</Message></Error>"),
        "application/xml").With("x-ms-error-code", code);

    private Reply CreateContainer(string name)
    {
        var created = NewBlob([], null);
        return _containers.TryAdd(name, new(StringComparer.Ordinal)) ? Stored(Reply.Empty(201), created) : Error(409, "ContainerAlreadyExists");
    }

    private Reply Put(Dictionary<string, StoredBlob> container, string name, byte[] content, IHeaderDictionary headers)
    {
        var existing = container.GetValueOrDefault(name);
        if (headers.IfNoneMatch == "*" && existing is not null)
        {
            return Error(409, "BlobAlreadyExists");
        }

        if (headers.IfMatch is { Count: > 0 } expected && expected != existing?.ETag)
        {
            return Error(412, "ConditionNotMet");
        }

        var blob = container[name] = NewBlob(content, headers["x-ms-blob-content-type"]);
        return Stored(Reply.Empty(201), blob);
    }

    private StoredBlob NewBlob(byte[] content, string? contentType) =>
        new(content, contentType ?? "application/octet-stream", $"\"0x{++_versions:X15}\"", Clock.GetUtcNow());

    private sealed record StoredBlob(byte[] Content, string ContentType, string ETag, DateTimeOffset ModifiedAt);
}
