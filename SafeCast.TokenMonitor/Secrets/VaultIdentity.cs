using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>The identity of the current user at a vault. Errors are results, not exceptions.</summary>
public abstract record VaultIdentity
{
    private VaultIdentity()
    {
    }

    /// <summary>Signed in as this user, app or managed identity.</summary>
    public sealed record SignedIn(string Name) : VaultIdentity;

    /// <summary>Signed in, but the access token does not state a name.</summary>
    public sealed record Nameless : VaultIdentity;

    /// <summary>The sign-in failed for this reason.</summary>
    public sealed record NotSignedIn(string Reason) : VaultIdentity;

    /// <summary>
    /// Reads the identity from an access token of Entra ID: the sign-in name of a person, or else the app or managed identity. The claims are
    /// not validated, because they are only displayed.
    /// </summary>
    internal static VaultIdentity FromAccessToken(string accessToken)
    {
        try
        {
            return accessToken.Split('.') is [_, var payload, _]
                && JsonSerializer.Deserialize(Decoded(payload), AccessTokenJsonContext.Default.AccessTokenClaims) is { } claims
                && claims.Name is { } name
                    ? new SignedIn(name)
                    : new Nameless();
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return new Nameless();
        }
    }

    private static byte[] Decoded(string base64Url) => System.Buffers.Text.Base64Url.DecodeFromChars(base64Url);
}

internal sealed record AccessTokenClaims
{
    [JsonPropertyName("upn")]
    public string? Upn { get; init; }

    [JsonPropertyName("unique_name")]
    public string? UniqueName { get; init; }

    /// <summary>The resource of a managed identity.</summary>
    [JsonPropertyName("xms_mirid")]
    public string? ManagedIdentity { get; init; }

    [JsonPropertyName("appid")]
    public string? AppId { get; init; }

    [JsonPropertyName("oid")]
    public string? ObjectId { get; init; }

    /// <summary>The most readable name.</summary>
    [JsonIgnore]
    public string? Name => this switch
    {
        { Upn: { Length: > 0 } upn } => UntrustedText.Clean(upn),
        { UniqueName: { Length: > 0 } name } => UntrustedText.Clean(name),
        { ManagedIdentity: { Length: > 0 } resource } => $"managed identity {UntrustedText.Clean(resource.Split('/')[^1])}",
        { AppId: { Length: > 0 } app } => $"app {UntrustedText.Clean(app)}",
        { ObjectId: { Length: > 0 } id } => $"object {UntrustedText.Clean(id)}",
        _ => null,
    };
}

[JsonSerializable(typeof(AccessTokenClaims))]
internal sealed partial class AccessTokenJsonContext : JsonSerializerContext;
