using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>
/// The managed-identity endpoint that App Service and Functions give their apps. Set <c>IDENTITY_ENDPOINT</c> to
/// <see cref="Endpoint"/> and <c>IDENTITY_HEADER</c> to <see cref="Header"/>.
/// </summary>
public sealed class ManagedIdentitySimulator : StandIn<ManagedIdentityCall>
{
    internal const string PathBase = "/msi/token";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _issued = new();
    private int _tokens;

    internal ManagedIdentitySimulator(TimeProvider clock)
        : base(clock)
    {
    }

    /// <summary>For <c>IDENTITY_ENDPOINT</c>.</summary>
    public Uri Endpoint => BaseUrl;

    /// <summary>For <c>IDENTITY_HEADER</c>.</summary>
    public string Header { get; } = SampleSecrets.HexId("identity header");

    /// <summary>The client id of the one identity that the app has; null: any will do.</summary>
    public string? ClientId { get; set; }

    internal bool HasIssued(string token) => _issued.TryGetValue(token, out var expiry) && Clock.GetUtcNow() < expiry;

    private protected override ManagedIdentityCall Describe(HttpContext context, PathString path) => new()
    {
        Resource = Parameter(context, "resource"),
        ClientId = Parameter(context, "client_id"),
        HasHeader = context.Request.Headers["X-IDENTITY-HEADER"] == Header,
    };

    private protected override Task<Reply> AnswerAsync(ManagedIdentityCall call, HttpContext context, PathString path) => Task.FromResult(Answer(call));

    private static string? Parameter(HttpContext context, string name) => context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    private static Reply Error(int status, string message) => Reply.Json(status, new JsonObject { ["statusCode"] = status, ["message"] = message });

    private Reply Answer(ManagedIdentityCall call)
    {
        if (!call.HasHeader)
        {
            return Error(401, "The X-IDENTITY-HEADER header is missing or wrong.");
        }

        if (call.Resource is null)
        {
            return Error(400, "The parameter resource is required.");
        }

        if (ClientId is not null && call.ClientId is not null && call.ClientId != ClientId)
        {
            return Error(400, "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.");
        }

        // Three parts, as in a JWT, and none of it means anything.
        var number = Interlocked.Increment(ref _tokens).ToString(CultureInfo.InvariantCulture);
        var token = $"eyJ0{SampleSecrets.Word(32, $"head {number}")}.{SampleSecrets.Word(200, $"body {number}")}.{SampleSecrets.Word(86, $"tail {number}")}";
        var expiry = Clock.GetUtcNow() + Lifetime;
        _issued[token] = expiry;
        return Reply.Json(200, new JsonObject
        {
            ["access_token"] = token,
            ["expires_on"] = expiry.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["resource"] = call.Resource,
            ["token_type"] = "Bearer",
            ["client_id"] = call.ClientId ?? ClientId ?? "00000000-0000-0000-0000-0000000000aa",
        });
    }
}
