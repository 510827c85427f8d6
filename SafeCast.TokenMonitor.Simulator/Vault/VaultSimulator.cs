using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>
/// Simulates an Azure Key Vault with role-based access for <c>SecretClient</c>, which reads and writes secrets. A client must trust the
/// certificate of the simulation and disable the verification of the challenge resource.
/// </summary>
public sealed partial class VaultSimulator : SimulatedService<VaultCall>
{
    internal const string ContentType = "application/json; charset=utf-8";
    internal const string TenantId = "00000000-0000-0000-0000-0000000000cc";

    private const string Bearer = "Bearer ";

    private readonly SecretStore _store;
    private readonly ManagedIdentitySimulator _identity;

    internal VaultSimulator(TimeProvider clock, ManagedIdentitySimulator identity)
        : base(clock)
    {
        _store = new SecretStore(clock);
        _identity = identity;
    }

    /// <summary>The role of callers.</summary>
    public VaultRole Role { get; set; } = VaultRole.SecretsOfficer;

    /// <summary>Accepts only access tokens of the simulated managed identity. Otherwise, any token is accepted.</summary>
    public bool AcceptsOnlyManagedIdentity { get; set; }

    /// <summary>Writes a new version of a secret. Recovers it if it was deleted.</summary>
    /// <param name="name">The name of the secret.</param>
    /// <param name="value">The value.</param>
    /// <param name="configure">Sets attributes.</param>
    public SecretVersion Set(string name, string value, Func<SecretVersion, SecretVersion>? configure = null) =>
        _store.Write(name, value, configure ?? (version => version));

    /// <summary>Disables the current version.</summary>
    public void Disable(string name) => _store.Change(name, version => version with { IsEnabled = false });

    /// <summary>Enables the current version again.</summary>
    public void Enable(string name) => _store.Change(name, version => version with { IsEnabled = true });

    /// <summary>Sets the expiration date of the current version; null: none.</summary>
    public void Expire(string name, DateTimeOffset? at) => _store.Change(name, version => version with { ExpiresAt = at });

    /// <summary>Sets the activation date. Reading works before it too.</summary>
    public void Activate(string name, DateTimeOffset? at) => _store.Change(name, version => version with { NotBefore = at });

    /// <summary>Deletes a secret. It can be recovered, and its name stays reserved.</summary>
    public void Delete(string name) => _store.Delete(name);

    /// <summary>Recovers a deleted secret with its versions.</summary>
    public void Recover(string name) => _store.Recover(name);

    /// <summary>Gets all versions of a secret, oldest first; none if it does not exist.</summary>
    public IReadOnlyList<SecretVersion> Versions(string name) => _store.Versions(name);

    private protected override VaultCall Describe(HttpContext context, PathString path)
    {
        var parts = path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isSecret = parts is ["secrets", _] or ["secrets", _, _];
        return new VaultCall
        {
            Operation = (isSecret, context.Request.Method, parts.Length) switch
            {
                (true, "GET", _) => VaultOperation.GetSecret,
                (true, "PUT", 2) => VaultOperation.SetSecret,
                _ => VaultOperation.Unknown,
            },
            Name = isSecret ? parts[1] : null,
            Version = isSecret ? parts.ElementAtOrDefault(2) : null,
            HasToken = Token(context) is not null,
        };
    }

    private protected override void Stamp(VaultCall call, HttpContext context)
    {
        context.Response.Headers["x-ms-request-id"] = Guid.NewGuid().ToString();
        context.Response.Headers["x-ms-keyvault-service-version"] = "1.9.2800.1";
        context.Response.Headers["x-ms-keyvault-region"] = "westeurope";
    }

    private protected override async Task<Reply> AnswerAsync(VaultCall call, HttpContext context, PathString path)
    {
        if (Token(context) is not { } token)
        {
            return VaultErrors.NoToken().With("WWW-Authenticate", Challenge());
        }

        if (AcceptsOnlyManagedIdentity && !_identity.HasIssued(token))
        {
            return VaultErrors.BadToken().With("WWW-Authenticate", Challenge() + ", error=\"invalid_token\"");
        }

        if (call.Operation == VaultOperation.Unknown || !NamePattern().IsMatch(call.Name!))
        {
            return VaultErrors.BadRequest("The request URI contains an invalid name: " + path);
        }

        if (!context.Request.Query.ContainsKey("api-version"))
        {
            return VaultErrors.BadRequest("api-version must be specified");
        }

        if (Role == VaultRole.None || (call.Operation == VaultOperation.SetSecret && Role == VaultRole.SecretsUser))
        {
            return VaultErrors.ForbiddenByRbac(call.Operation, call.Name!);
        }

        return call.Operation == VaultOperation.GetSecret ? Get(call.Name!, call.Version) : await SetAsync(call.Name!, context);
    }

    private static string? Token(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && header.Length > Bearer.Length ? header[Bearer.Length..] : null;
    }

    private static string Challenge() => $"Bearer authorization=\"https://login.microsoftonline.com/{TenantId}\", resource=\"https://vault.azure.net\"";

    private static DateTimeOffset? Time(JsonNode? seconds) => seconds is null ? null : DateTimeOffset.FromUnixTimeSeconds(seconds.GetValue<long>());

    [GeneratedRegex("^[0-9a-zA-Z-]{1,127}$")]
    private static partial Regex NamePattern();

    private Reply Get(string name, string? version)
    {
        var versions = _store.Versions(name);
        var found = version is null ? (versions.Count > 0 ? versions[^1] : null) : versions.FirstOrDefault(one => one.Version == version);
        return found switch
        {
            null => VaultErrors.NotFound(version is null ? name : $"{name}/{version}"),
            { IsEnabled: false } => VaultErrors.Disabled(),
            _ => Bundle(found),
        };
    }

    private async Task<Reply> SetAsync(string name, HttpContext context)
    {
        if (_store.IsDeleted(name))
        {
            return VaultErrors.DeletedButRecoverable(name);
        }

        JsonObject? body;
        try
        {
            body = JsonNode.Parse(await RequestBody.ReadAsync(context)) as JsonObject;
        }
        catch (JsonException)
        {
            body = null;
        }

        if (body?["value"]?.GetValueKind() != JsonValueKind.String)
        {
            return VaultErrors.BadRequest("Property  has invalid value\r\n");
        }

        var attributes = body["attributes"] as JsonObject;
        return Bundle(_store.Write(name, body["value"]!.GetValue<string>(), version => version with
        {
            ContentType = body["contentType"]?.GetValue<string>(),
            IsEnabled = attributes?["enabled"]?.GetValue<bool>() ?? true,
            NotBefore = Time(attributes?["nbf"]),
            ExpiresAt = Time(attributes?["exp"]),
            Tags = (body["tags"] as JsonObject ?? []).ToDictionary(tag => tag.Key, tag => tag.Value!.GetValue<string>()),
        }));
    }

    private Reply Bundle(SecretVersion version)
    {
        var attributes = new JsonObject { ["enabled"] = version.IsEnabled };
        if (version.NotBefore is { } notBefore)
        {
            attributes["nbf"] = notBefore.ToUnixTimeSeconds();
        }

        if (version.ExpiresAt is { } expiry)
        {
            attributes["exp"] = expiry.ToUnixTimeSeconds();
        }

        attributes["created"] = version.CreatedAt.ToUnixTimeSeconds();
        attributes["updated"] = version.UpdatedAt.ToUnixTimeSeconds();
        attributes["recoveryLevel"] = "Recoverable";
        attributes["recoverableDays"] = 90;

        var bundle = new JsonObject { ["value"] = version.Value };
        if (version.ContentType is not null)
        {
            bundle["contentType"] = version.ContentType;
        }

        bundle["id"] = new Uri(BaseUrl, $"secrets/{version.Name}/{version.Version}").AbsoluteUri;
        bundle["attributes"] = attributes;
        bundle["tags"] = new JsonObject(version.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
        return Reply.Json(200, bundle, ContentType);
    }
}
