using System.Threading.RateLimiting;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace SafeCast.TokenMonitor.Http;

/// <summary>The limits of retries.</summary>
internal static class RetryPolicy
{
    /// <summary>The number of attempts, including the first one.</summary>
    public const int Attempts = 3;

    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan DeliveryAttemptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The longest delay that is accepted from a Retry-After header. With a longer one there is no retry.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Configures deliveries: 408, 429, 5xx, timeouts and connection errors are retried. The channels have no idempotency keys, so a lost
    /// answer can result in a duplicate message, which is better than a lost one.
    /// </summary>
    /// <param name="pipeline">The pipeline of the channel.</param>
    /// <param name="pace">The rate limit of the channel, for each attempt; null: none.</param>
    public static void ForDeliveries(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, RateLimiter? pace = null)
    {
        var time = pipeline.TimeProvider ?? TimeProvider.System;
        var retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
        };
        var usual = retry.ShouldHandle;
        retry.ShouldHandle = args => AsksForLongerDelay(args.Outcome.Result, time) ? ValueTask.FromResult(false) : usual(args);
        pipeline.AddRetry(retry);
        if (pace is not null)
        {
            pipeline.AddRateLimiter(pace);
        }

        pipeline.AddTimeout(DeliveryAttemptTimeout);
    }

    private static bool AsksForLongerDelay(HttpResponseMessage? response, TimeProvider time) => response?.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait > MaxRetryAfter,
        { Date: { } date } => date - time.GetUtcNow() > MaxRetryAfter,
        _ => false,
    };
}
