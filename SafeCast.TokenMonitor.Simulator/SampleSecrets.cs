using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafeCast.TokenMonitor.Simulator;

/// <summary>Generates secrets that look real. The same seed results in the same secret.</summary>
public static class SampleSecrets
{
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Hex = "0123456789abcdef";
    private const string Base64Url = LettersAndDigits + "-_";

    /// <summary>A system-user token: <c>EAA</c> and 200 letters and digits.</summary>
    public static string Token(string seed) => "EAA" + Take(LettersAndDigits, 200, "token", seed);

    /// <summary>A Meta app secret: 32 hex digits.</summary>
    public static string AppSecret(string seed) => Take(Hex, 32, "app secret", seed);

    /// <summary>A SendGrid API key: <c>SG.</c>, 22 characters, a dot, 43 characters.</summary>
    public static string SendGridKey(string seed) => $"SG.{Take(Base64Url, 22, "key id", seed)}.{Take(Base64Url, 43, "key", seed)}";

    internal static string Signature(string seed) => Take(Base64Url, 43, "signature", seed);

    internal static string HexId(string seed) => Take(Hex, 32, "id", seed);

    internal static string Word(int length, string seed) => Take(LettersAndDigits, length, "word", seed);

    private static string Take(string alphabet, int count, string purpose, string seed)
    {
        var text = new StringBuilder(count);
        for (var block = 0; text.Length < count; block++)
        {
            var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{purpose}/{seed}/{block}")));
            foreach (var value in bytes.Take(count - text.Length))
            {
                text.Append(alphabet[value % alphabet.Length]);
            }
        }

        return text.ToString();
    }
}
