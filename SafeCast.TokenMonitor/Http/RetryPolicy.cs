using System.Threading.RateLimiting;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace SafeCast.TokenMonitor.Http;

/// <summary>How often, and how patiently, anything is tried again over the wire.</summary>
internal static class RetryPolicy
{
    /// <summary>In all, the first one included.</summary>
    public const int Attempts = 3;

    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan DeliveryAttemptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Who asks for a longer wait (Retry-After) is not asked again now, and the answer stands.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>
    /// For deliveries: 408, 429, 5xx, time-outs and broken connections are tried again. Neither channel takes an idempotency key,
    /// so a lost answer can mean the message twice, which is better than not at all.
    /// </summary>
    /// <param name="pipeline">What the channel's calls go through.</param>
    /// <param name="pace">How fast the channel takes calls: each attempt waits its turn. Null: as fast as they come.</param>
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
        retry.ShouldHandle = args => AsksForTooLongAWait(args.Outcome.Result, time) ? ValueTask.FromResult(false) : usual(args);
        pipeline.AddRetry(retry);
        if (pace is not null)
        {
            pipeline.AddRateLimiter(pace);
        }

        pipeline.AddTimeout(DeliveryAttemptTimeout);
    }

    private static bool AsksForTooLongAWait(HttpResponseMessage? response, TimeProvider time) => response?.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait > LongestWait,
        { Date: { } date } => date - time.GetUtcNow() > LongestWait,
        _ => false,
    };
}
