using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>
/// Simulates the managed identity endpoint of App Service and Functions. Set <c>IDENTITY_ENDPOINT</c> to <see cref="Endpoint"/> and
/// <c>IDENTITY_HEADER</c> to <see cref="Header"/>.
/// </summary>
public sealed class ManagedIdentitySimulator : SimulatedService<ManagedIdentityCall>
{
    internal const string PathBase = "/msi/token";

    private const string DefaultClientId = "00000000-0000-0000-0000-0000000000aa";

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

    /// <summary>The client id of the only identity of the app; null: any client id is accepted.</summary>
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

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

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

        // A JWT with the claims of an identity and a meaningless signature.
        var number = Interlocked.Increment(ref _tokens).ToString(CultureInfo.InvariantCulture);
        var claims = new JsonObject
        {
            ["aud"] = call.Resource,
            ["appid"] = call.ClientId ?? ClientId ?? DefaultClientId,
            ["idtyp"] = "app",
            ["oid"] = "00000000-0000-0000-0000-0000000000bb",
            ["xms_mirid"] = "/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/simulation/providers/Microsoft.ManagedIdentity/userAssignedIdentities/simulated-monitor",
            ["jti"] = number,
        };
        var token = $"{Part("""{"typ":"JWT","alg":"RS256"}""")}.{Part(claims.ToJsonString())}.{SampleSecrets.Word(86, $"tail {number}")}";
        var expiry = Clock.GetUtcNow() + Lifetime;
        _issued[token] = expiry;
        return Reply.Json(200, new JsonObject
        {
            ["access_token"] = token,
            ["expires_on"] = expiry.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["resource"] = call.Resource,
            ["token_type"] = "Bearer",
            ["client_id"] = call.ClientId ?? ClientId ?? DefaultClientId,
        });
    }
}
