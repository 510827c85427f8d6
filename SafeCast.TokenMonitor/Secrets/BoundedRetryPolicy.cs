using Azure.Core;
using Azure.Core.Pipeline;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>
/// Retries as the policy of the Azure SDK does, except where the vault asks for a longer wait than a read may take: the answer, which says
/// how long to wait, is more useful than a timeout.
/// </summary>
/// <param name="delay">The delay before the second attempt; it doubles with each attempt.</param>
internal sealed class BoundedRetryPolicy(TimeSpan delay) : RetryPolicy(maxRetries: 2, DelayStrategy.CreateExponentialDelayStrategy(delay))
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) => !IsLongWait(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsLongWait(message) ? ValueTask.FromResult(false) : base.ShouldRetryAsync(message, exception);

    private static bool IsLongWait(HttpMessage message) => message.HasResponse && KeyVaultErrors.RetryAfter(message.Response) > LongestWait;
}
