using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>
/// Tells from a value's looks alone that it cannot be what it should be. What fails here is never sent anywhere, so that a
/// database password stored under the wrong name does not end up in a URL at Meta's.
/// </summary>
internal static partial class SecretShape
{
    // A system-user token is "EAA" and some 180 to 230 letters and digits (graph-facts). Should Meta change the prefix one
    // day, a long run of letters and digits is still given to Graph to judge, rather than called malformed.
    private const int LongEnoughForAnyToken = 100;

    // Meta sets no bound, and has never come near this one. A longer one would only make the address too long to be answered.
    private const int TooLongForAnyToken = 1000;

    /// <summary>A found value that cannot be of this kind becomes <see cref="SecretReading.Malformed"/>.</summary>
    public static SecretReading Checked(this SecretReading reading, SecretKind kind) =>
        reading is SecretReading.Found { Value: var value, Attributes: var attributes } && Fault(value.Reveal(), kind) is { } seen
            ? new SecretReading.Malformed(seen, attributes)
            : reading;

    /// <summary>What is wrong with a value of this kind, as the end of a sentence that never holds the value; or null.</summary>
    public static string? Fault(string value, SecretKind kind) => CommonFault(value) ?? kind switch
    {
        SecretKind.AccessToken => AccessTokenFault(value),
        SecretKind.AppSecret => AppSecretFault(value),
        SecretKind.ApiKey => ApiKeyFault(value),
        SecretKind.WebhookUrl => WebhookUrlFault(value),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of secret."),
    };

    private static string? CommonFault(string value) => value switch
    {
        _ when string.IsNullOrWhiteSpace(value) => "it is empty",
        _ when value.AsSpan().Trim() is ['"', .., '"'] or ['\'', .., '\''] or ['`', .., '`'] => "it is wrapped in quotes",
        _ when value[^1] is '\n' or '\r' => "it ends in a line break",
        _ when value[0] is '\n' or '\r' => "it begins with a line break",
        _ when value.AsSpan().ContainsAny('\r', '\n') => "it has a line break in the middle",
        _ when char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]) => "it has white space around it",
        _ when Assignment().IsMatch(value) => "a setting's name was pasted along with it (NAME=...)",
        _ when AuthorizationScheme().IsMatch(value) => "the word \"Bearer\" was pasted along with it",
        _ when value.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) => "it is a Key Vault reference that nobody resolved",
        _ when Placeholder().IsMatch(value) => "it is a placeholder that was never filled in",
        _ when value.Any(char.IsWhiteSpace) => "it has white space in the middle",
        _ when value.Any(char.IsControl) => "it has control characters in it",
        _ when value.Any(IsInvisible) => "it has invisible characters in it",
        _ => null,
    };

    // Zero-width spaces and byte order marks come along from chats and documents.
    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Format;

    private static string? AccessTokenFault(string value) => value switch
    {
        { Length: > TooLongForAnyToken } => $"it has {value.Length.ToString("N0", CultureInfo.InvariantCulture)} characters: no token is that long",
        _ when AppToken().IsMatch(value) => "it is an app token (app id and app secret), not a system user's token",
        _ when value.Contains("://", StringComparison.Ordinal) => "it is a URL",
        _ when !value.All(char.IsAsciiLetterOrDigit) => "it has characters that no token has: a token is letters and digits only",
        _ when value.StartsWith("EAA", StringComparison.Ordinal) => null,
        { Length: < LongEnoughForAnyToken } => $"it is unlike a token: {value.Length} characters that do not begin with \"EAA\"",
        _ => null,
    };

    private static string? AppSecretFault(string value) => value switch
    {
        _ when AppToken().IsMatch(value) => "it is an app token (app id and app secret); only the app secret belongs here",
        _ when value.StartsWith("EAA", StringComparison.Ordinal) => "it is an access token, not an app secret",
        _ when !value.All(char.IsAsciiLetterOrDigit) => "it has characters that no app secret has: it is letters and digits only",
        _ => null,
    };

    private static string? ApiKeyFault(string value) =>
        value.All(c => c is > ' ' and <= '~') ? null : "it has characters that no API key has";

    private static string? WebhookUrlFault(string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url))
        {
            return "it is not a URL";
        }

        // Office 365 connectors are retired (channel-facts): the address still answers some, and delivers nothing.
        if (url.Host.EndsWith(".webhook.office.com", StringComparison.OrdinalIgnoreCase)
            || url.Host.Equals("outlook.office.com", StringComparison.OrdinalIgnoreCase)
            || url.Host.Equals("outlook.office365.com", StringComparison.OrdinalIgnoreCase))
        {
            return "it is the URL of an Office 365 connector, which Microsoft retired; make a Teams workflow "
                + "(\"Send webhook alerts to a channel\") and store its URL instead";
        }

        // Plain http only on this machine, where the simulator listens: the URL is a credential.
        return url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsThisMachine())
            ? null
            : "it does not begin with https://";
    }

    [GeneratedRegex(@"^(export\s+)?[A-Za-z_][A-Za-z0-9_]{2,63}\s*=\s*[^=\s]", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^bearer\s", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AuthorizationScheme();

    [GeneratedRegex(
        @"^(<.*>|\$\{.*\}|\{\{.*\}\}|%.*%|x{3,}|\*{3,}|\.{3,}|todo|tbd|none|null|undefined|secret|token|placeholder|dummy|change[-_ ]?me|replace[-_ ]?me|fill[-_ ]?me[-_ ]?in|(your|my|insert|put|paste|enter|replace|add)[-_ ].{0,60})$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^\d{5,25}\|\S+$", RegexOptions.CultureInvariant)]
    private static partial Regex AppToken();
}
