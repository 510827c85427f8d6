using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks;

/// <summary>A secret with all the forms in which it could stand in a text.</summary>
internal sealed record KnownSecret(string Name, IReadOnlyList<string> Forms)
{
    // A shorter part occurs in texts by chance; a longer one is missed where a text is cut.
    private const int TooShort = 8;
    private const int LongEnoughToCut = 32;
    private const int Piece = 20;

    public static KnownSecret Of(string name, string value) => new(name, [.. Pieces(value).SelectMany(Encoded).Where(form => form.Length >= TooShort).Distinct()]);

    /// <summary>The URL that is a credential: as a whole, without its host, and what signs it.</summary>
    public static KnownSecret OfUrl(string name, string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            ? new(name, [.. new[] { url, parsed.PathAndQuery, url.Split("sig=")[^1] }.SelectMany(Encoded).Distinct()])
            : Of(name, url);

    private static IEnumerable<string> Pieces(string value)
    {
        yield return value;
        if (value.Length >= LongEnoughToCut)
        {
            yield return value[..Piece];
            yield return value[^Piece..];
        }
    }

    private static IEnumerable<string> Encoded(string value) =>
    [
        value,
        Uri.EscapeDataString(value),
        Uri.EscapeDataString(Uri.EscapeDataString(value)),
        WebUtility.UrlEncode(value),
        WebUtility.HtmlEncode(value),
        JavaScriptEncoder.Default.Encode(value),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
    ];
}
