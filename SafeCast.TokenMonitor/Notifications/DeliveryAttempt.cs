using Polly.Timeout;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>Turns what a wire can do to a delivery into an outcome.</summary>
internal static class DeliveryAttempt
{
    // Retries and the waits that a channel asks for (Retry-After) included.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);

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
            // The outermost exception often says no more than that an error occurred; the innermost says which.
            return new DeliveryOutcome.Failed($"{channel} could not be reached: {UntrustedText.Clean(e.GetBaseException().Message, key)}");
        }
    }
}
