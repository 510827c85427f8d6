using System.Text.Json;
using Azure;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>Reads the errors of Key Vault. All texts are scrubbed.</summary>
internal static class KeyVaultErrors
{
    private const string PerimeterCode = "ForbiddenByNsp";

    private static readonly string[] NetworkCodes = ["ForbiddenByFirewall", "ForbiddenByConnection", PerimeterCode];

    /// <summary>
    /// Gets the inner code: {"error":{"code":"Forbidden","message":"...","innererror":{"code":"SecretDisabled"}}}. The SDK exposes only the
    /// outer code. Key Vault uses both spellings of the inner key.
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

    /// <summary>Gets status and code, such as "403 ForbiddenByRbac".</summary>
    public static string Answer(RequestFailedException e) => $"{e.Status} {UntrustedText.Clean(InnerCode(e) ?? e.ErrorCode ?? "no error code")}";

    /// <summary>
    /// Whether the vault rejects the network address of the caller, not its identity: by a firewall, for lack of a private link, or by a network
    /// security perimeter.
    /// </summary>
    public static bool IsNetworkBlocked(string answer) =>
        NetworkCodes.Any(code => HasCode(answer, code));

    /// <summary>Whether a network security perimeter rejects the caller.</summary>
    public static bool IsPerimeter(string answer) => HasCode(answer, PerimeterCode);

    /// <summary>Gets the reason why there is no usable answer, as the end of a sentence.</summary>
    public static string Cause(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Cause(last),
        RequestFailedException { Status: > 0 } failed => $"it answered {failed.Status} {UntrustedText.Clean(failed.ErrorCode)}".TrimEnd(),
        _ => FirstSentence(e),
    };

    public static string FirstSentence(Exception e) => UntrustedText.Clean(e.Message.Split('\n', 2)[0]);

    private static bool HasCode(string answer, string code) => answer.EndsWith($" {code}", StringComparison.OrdinalIgnoreCase);
}
