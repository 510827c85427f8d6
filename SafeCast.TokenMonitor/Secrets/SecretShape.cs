using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Http;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>
/// Validates the shape of a secret. A malformed value is never sent anywhere: a database password that was stored under the wrong name must
/// not appear in a URL at Meta.
/// </summary>
internal static partial class SecretShape
{
    // A system-user token is "EAA" and about 180 to 230 letters and digits. In case Meta changes the prefix, any long sequence of letters and
    // digits is sent to Graph instead of being called malformed.
    private const int LongEnoughForAnyToken = 100;

    // Meta states no limit, and real tokens are much shorter. A longer value would make the URL too long.
    private const int TooLongForAnyToken = 1000;

    private const string TypographicQuotes = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb";

    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\n"u8);

    private static readonly string[] WorkflowHosts = [".logic.azure.com", ".api.powerplatform.com"];

    /// <summary>Validates a value: a malformed one becomes <see cref="SecretReading.Malformed"/>.</summary>
    public static SecretReading Checked(this SecretReading reading, SecretKind kind) =>
        reading is SecretReading.Found { Value: var value, Attributes: var attributes } && Fault(value.Reveal(), kind) is { } fault
            ? new SecretReading.Malformed(fault, attributes)
            : reading;

    /// <summary>Finds the problem of a value; null: none is visible.</summary>
    public static SecretFault? Fault(string value, SecretKind kind) => (CommonProblem(value) ?? kind switch
    {
        SecretKind.AccessToken => AccessTokenProblem(value),
        SecretKind.AppSecret => AppSecretProblem(value),
        SecretKind.ApiKey => ApiKeyProblem(value),
        SecretKind.WebhookUrl => WebhookUrlProblem(value),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of secret."),
    }) is { } problem
        ? new SecretFault(problem, kind, problem is SecretProblem.TooLong or SecretProblem.NotLikeAToken ? value.Length : null)
        : null;

    private static SecretProblem? CommonProblem(string value) => value switch
    {
        _ when string.IsNullOrWhiteSpace(value) => SecretProblem.Empty,
        _ when IsQuoted(value.AsSpan().Trim()) => SecretProblem.Quoted,
        _ when JsonStart().IsMatch(value) => SecretProblem.Json,
        _ when value[^1] is '\n' or '\r' => SecretProblem.EndsWithLineBreak,
        _ when value[0] is '\n' or '\r' => SecretProblem.BeginsWithLineBreak,
        _ when value.AsSpan().ContainsAny('\r', '\n') => SecretProblem.LineBreakInside,
        _ when char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]) => SecretProblem.WhiteSpaceAround,
        _ when Assignment().IsMatch(value) => SecretProblem.NameIncluded,
        _ when AuthorizationScheme().IsMatch(value) => SecretProblem.BearerIncluded,
        _ when value.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) => SecretProblem.UnresolvedReference,
        _ when Placeholder.Matches(value) => SecretProblem.Placeholder,
        _ when value.EndsWith(@"\n", StringComparison.Ordinal) || value.EndsWith(@"\r", StringComparison.Ordinal) => SecretProblem.EndsWithEscapedLineBreak,
        _ when value[^1] is ';' or ',' => SecretProblem.EndsWithSeparator,
        _ when value.Any(char.IsWhiteSpace) => SecretProblem.WhiteSpaceInside,
        _ when value.Any(char.IsControl) => SecretProblem.ControlCharacters,
        _ when value.Any(IsInvisible) => SecretProblem.InvisibleCharacters,
        _ => null,
    };

    // One typographic quotation mark is enough: no secret has any.
    private static bool IsQuoted(ReadOnlySpan<char> value) =>
        value is ['"', .., '"'] or ['\'', .., '\''] or ['`', .., '`']
        || TypographicQuotes.Contains(value[0])
        || TypographicQuotes.Contains(value[^1]);

    // Text that is copied from chats and documents may contain zero-width spaces and byte order marks.
    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Format;

    private static SecretProblem? AccessTokenProblem(string value) => value switch
    {
        { Length: > TooLongForAnyToken } => SecretProblem.TooLong,
        _ when AppToken().IsMatch(value) => SecretProblem.AppToken,
        _ when value.Contains("://", StringComparison.Ordinal) => SecretProblem.Url,
        _ when Comment().IsMatch(value) => SecretProblem.CommentIncluded,
        _ when Guid.TryParseExact(value, "D", out _) => SecretProblem.Uuid,
        _ when IsTokenInBase64(value) => SecretProblem.Base64,
        _ when !value.All(char.IsAsciiLetterOrDigit) => SecretProblem.InvalidCharacters,
        _ when value.StartsWith("EAA", StringComparison.Ordinal) => null,
        { Length: < LongEnoughForAnyToken } => SecretProblem.NotLikeAToken,
        _ => null,
    };

    // Base64 without padding consists of letters and digits, like a token. "echo TOKEN | base64" encodes a line break at the end.
    private static bool IsTokenInBase64(string value)
    {
        Span<byte> bytes = stackalloc byte[TooLongForAnyToken];
        return Convert.TryFromBase64String(value, bytes, out var length)
            && bytes[..length].StartsWith("EAA"u8)
            && !bytes[..length].ContainsAnyExcept(TokenBytes);
    }

    private static SecretProblem? AppSecretProblem(string value) => value switch
    {
        _ when AppToken().IsMatch(value) => SecretProblem.AppToken,
        _ when value.StartsWith("EAA", StringComparison.Ordinal) => SecretProblem.AccessToken,
        _ when Comment().IsMatch(value) => SecretProblem.CommentIncluded,
        _ when Guid.TryParseExact(value, "D", out _) => SecretProblem.Uuid,
        _ when !value.All(char.IsAsciiLetterOrDigit) => SecretProblem.InvalidCharacters,
        _ => null,
    };

    private static SecretProblem? ApiKeyProblem(string value) =>
        value.All(c => c is > ' ' and <= '~') ? null : SecretProblem.InvalidCharacters;

    private static SecretProblem? WebhookUrlProblem(string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url))
        {
            return SecretProblem.NotAUrl;
        }

        // Office 365 connectors are retired: some addresses still answer, but nothing is delivered.
        if (url.Host.EndsWith(".webhook.office.com", StringComparison.OrdinalIgnoreCase)
            || url.Host.Equals("outlook.office.com", StringComparison.OrdinalIgnoreCase)
            || url.Host.Equals("outlook.office365.com", StringComparison.OrdinalIgnoreCase))
        {
            return SecretProblem.RetiredConnector;
        }

        // The URL is a credential. Plain http is accepted only for loopback addresses, which the simulator uses.
        if (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopbackHost()))
        {
            return SecretProblem.NotHttps;
        }

        if (value.Contains("&amp;", StringComparison.OrdinalIgnoreCase) || value.Contains(@"\u0026", StringComparison.OrdinalIgnoreCase))
        {
            return SecretProblem.EscapedUrl;
        }

        // Only Microsoft's hosts are known to need a signature; other hosts may authorize in another way.
        return WorkflowHosts.Any(host => url.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)) && !Signature().IsMatch(url.Query)
            ? SecretProblem.NoSignature
            : null;
    }

    [GeneratedRegex(@"^(export\s+)?[A-Za-z_][A-Za-z0-9_]{2,63}\s*=\s*[^=\s]", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex("[?&]sig=[^&]", RegexOptions.CultureInvariant)]
    private static partial Regex Signature();

    [GeneratedRegex(@"^\s*[{\[]\s*""", RegexOptions.CultureInvariant)]
    private static partial Regex JsonStart();

    [GeneratedRegex("^[A-Za-z0-9]+#", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^bearer\s", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AuthorizationScheme();

    [GeneratedRegex(@"^\d{5,25}\|\S+$", RegexOptions.CultureInvariant)]
    private static partial Regex AppToken();
}
