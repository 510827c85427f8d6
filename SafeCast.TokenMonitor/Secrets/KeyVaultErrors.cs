using System.Text.Json;
using Azure;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>What Key Vault's errors say, scrubbed.</summary>
internal static class KeyVaultErrors
{
    /// <summary>
    /// The inner code: {"error":{"code":"Forbidden","message":"...","innererror":{"code":"SecretDisabled"}}}. The SDK passes on the outer
    /// code only, and the inner key has been seen in both spellings.
    /// </summary>
    public static string? InnerCode(RequestFailedException e)
    {
        try
        {
            if (e.GetRawResponse()?.Content is not { } content)
            {
                return null;
            }

            using var body = JsonDocument.Parse(content);
            var error = body.RootElement.GetProperty("error");
            return (error.TryGetProperty("innererror", out var inner) || error.TryGetProperty("innerError", out inner))
                ? inner.GetProperty("code").GetString()
                : null;
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>"403 ForbiddenByRbac".</summary>
    public static string Answer(RequestFailedException e) => $"{e.Status} {UntrustedText.Clean(InnerCode(e) ?? e.ErrorCode ?? "no code given")}";

    /// <summary>Whether an answer is about where a caller is, and not about who: the vault's firewall, or the lack of a private link.</summary>
    public static bool IsAboutAddress(string answer) =>
        answer.EndsWith(" ForbiddenByFirewall", StringComparison.OrdinalIgnoreCase) || answer.EndsWith(" ForbiddenByConnection", StringComparison.OrdinalIgnoreCase);

    /// <summary>Why there is no answer to rest on, as the end of a sentence.</summary>
    public static string Cause(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Cause(last),
        RequestFailedException { Status: > 0 } failed => $"it answered {failed.Status} {UntrustedText.Clean(failed.ErrorCode)}".TrimEnd(),
        _ => FirstSentence(e),
    };

    public static string FirstSentence(Exception e) => UntrustedText.Clean(e.Message.Split('\n', 2)[0]);
}
