using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>As whom a vault knows whoever runs this. A value of this type, never an exception.</summary>
public abstract record VaultIdentity
{
    private VaultIdentity()
    {
    }

    /// <summary>Signed in as this user, app or managed identity.</summary>
    public sealed record SignedIn(string Name) : VaultIdentity;

    /// <summary>Signed in, and the access token does not say as whom.</summary>
    public sealed record Nameless : VaultIdentity;

    /// <summary>Could not sign in, for this reason.</summary>
    public sealed record NotSignedIn(string Reason) : VaultIdentity;

    /// <summary>
    /// Reads from an access token of Entra ID whose it is: a person's name for signing in, else the app or managed identity. The token
    /// is for the vault to judge; its claims are read here only to be shown.
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

    /// <summary>The one that people know it by.</summary>
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
