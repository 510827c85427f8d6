using System.Text;
using System.Text.Json;
using Polly.Timeout;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>Turns the result of an HTTP request into a delivery outcome.</summary>
internal static class DeliveryAttempt
{
    // Includes retries and the delays that a channel requests (Retry-After).
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether a body can belong to an acceptance. A proxy or a sign-in page may answer with a success status and HTML.
    /// </summary>
    public static bool IsEmptyOrJson(byte[] body)
    {
        // JsonDocument does not accept a byte order mark.
        var text = body.AsMemory(body.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);
        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static async Task<DeliveryOutcome> RunAsync(
        string channel,
        Secret key,
        TimeProvider time,
        Func<CancellationToken, Task<DeliveryOutcome>> send,
        CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiry.Token);
        try
        {
            return await send(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutRejectedException)
        {
            return new DeliveryOutcome.Failed($"{channel} gave no answer in time.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The outermost exception often only states that an error occurred. The innermost one states which.
            return new DeliveryOutcome.Failed($"{channel} could not be reached: {UntrustedText.Clean(e.GetBaseException().Message, key)}");
        }
    }
}
