using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>Reads the errors of Key Vault. All texts are scrubbed.</summary>
internal static partial class KeyVaultErrors
{
    private const string PerimeterCode = "ForbiddenByNsp";

    private static readonly string[] NetworkCodes = ["ForbiddenByFirewall", "ForbiddenByConnection", PerimeterCode];

    /// <summary>The reason of an answer that does not come from Key Vault.</summary>
    public const string ForeignAnswer = "the answer is not Key Vault's; it may come from a proxy or a sign-in page";

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

    /// <summary>Whether the vault has access policies, and none of them allows the caller to do this.</summary>
    public static bool IsPolicyMissing(string answer) => HasCode(answer, "AccessDenied") || HasCode(answer, "ForbiddenByPolicy");

    /// <summary>The tenant that the vault accepts identities of, from its challenge; null: not stated.</summary>
    public static string? Tenant(RequestFailedException e) =>
        e.GetRawResponse()?.Headers.TryGetValue("WWW-Authenticate", out var challenge) is true && TenantInChallenge().Match(challenge ?? "") is { Success: true } match
            ? match.Groups[1].Value
            : null;

    /// <summary>How long the vault asks to wait; null: it does not.</summary>
    public static TimeSpan? RetryAfter(Response response)
    {
        if (!response.Headers.TryGetValue("Retry-After", out var value))
        {
            return null;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && response.Headers.Date is { } served ? at - served
            : null;
    }

    /// <summary>Whether the answer comes from another service, such as a proxy: Key Vault does not redirect, and its errors are JSON.</summary>
    public static bool IsForeign(RequestFailedException e)
    {
        if (e.Status is >= 300 and < 400)
        {
            return true;
        }

        if (e.Status is 0 or >= 500 || e.GetRawResponse()?.Content is not { } content || content.ToMemory().IsEmpty)
        {
            return false;
        }

        try
        {
            using var body = JsonDocument.Parse(content);
            return body.RootElement.ValueKind is not JsonValueKind.Object || !body.RootElement.TryGetProperty("error", out _);
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <summary>Whether a network security perimeter rejects the caller.</summary>
    public static bool IsPerimeter(string answer) => HasCode(answer, PerimeterCode);

    /// <summary>Gets the reason why there is no usable answer, as the end of a sentence.</summary>
    public static string Cause(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Cause(last),
        RequestFailedException failed when IsForeign(failed) => $"{ForeignAnswer} ({failed.Status})",
        RequestFailedException { Status: 429 or 503 } throttled when throttled.GetRawResponse() is { } response && RetryAfter(response) is { } wait =>
            $"it is throttled ({throttled.Status} {UntrustedText.Clean(throttled.ErrorCode)}".TrimEnd() + $"): retry after {Math.Ceiling(wait.TotalSeconds):0} s",
        RequestFailedException { Status: > 0 } failed => $"it answered {failed.Status} {UntrustedText.Clean(failed.ErrorCode)}".TrimEnd(),
        _ => FirstSentence(e),
    };

    public static string FirstSentence(Exception e) => UntrustedText.Clean(e.Message.Split('\n', 2)[0]);

    [GeneratedRegex("authorization=\"?https://[^/\"]+/([0-9a-fA-F-]{36})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex TenantInChallenge();

    private static bool HasCode(string answer, string code) => answer.EndsWith($" {code}", StringComparison.OrdinalIgnoreCase);
}
