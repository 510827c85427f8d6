using System.Text;
using System.Text.RegularExpressions;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>
/// Scrubs text from outside: one line, limited length, no control characters, and nothing that looks like a secret, because Graph quotes
/// requests. Code that renders the text must still encode it.
/// </summary>
internal static partial class UntrustedText
{
    private const int LongestKept = 500;

    /// <summary>Scrubs a text of the given secrets and of everything that looks like a secret.</summary>
    public static string Clean(string? text, params ReadOnlySpan<Secret?> known)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        // First reduced to one line, because a removed character could hide a secret from the search.
        var line = OneLine(text);
        foreach (var secret in known)
        {
            if (secret?.Reveal() is { Length: > 0 } value)
            {
                line = line.Replace(value, "[secret]", StringComparison.Ordinal)
                    .Replace(Uri.EscapeDataString(value), "[secret]", StringComparison.OrdinalIgnoreCase);
            }
        }

        return Cut(SecretLike().Replace(line, "[secret]"));
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else if (!IsInvisible(rune))
            {
                line.Append(rune.ToString());
            }
        }

        return line.ToString().TrimEnd();
    }

    private static string Cut(string line)
    {
        if (line.Length <= LongestKept)
        {
            return line;
        }

        var length = char.IsHighSurrogate(line[LongestKept - 1]) ? LongestKept - 1 : LongestKept;
        return line[..length].TrimEnd() + "…";
    }

    // Control characters, and format characters such as the right-to-left override, which can disguise a text.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.Control
        or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.PrivateUse
        or System.Globalization.UnicodeCategory.Surrogate
        or System.Globalization.UnicodeCategory.OtherNotAssigned;

    // Access tokens, app access tokens, SendGrid keys, long hex strings (app secrets, proofs), and the values of parameters that contain a
    // secret: in a URL, URL-encoded or in JSON. No quantifier may be unbounded, or a megabyte of blanks would take hours.
    [GeneratedRegex(
        @"EAA[A-Za-z0-9]{8,}|\d{5,25}(?:\||%7C)[A-Za-z0-9_\-]{8,}|\bSG\.[A-Za-z0-9_\-.]{8,}|\b[0-9A-Fa-f]{32,}\b"
        + @"|(?<=(?:\b|%[0-9A-F]{2})(?:access_token|input_token|appsecret_proof|client_secret|fb_exchange_token|sig)(?:=|%3D|\\?""? ?: ?\\?""?))[^\s&""'\\]+"
        + @"|(?<=(?:\b|%20)Bearer(?: |%20))\S+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SecretLike();
}
