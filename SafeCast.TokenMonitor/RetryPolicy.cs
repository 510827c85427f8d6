using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace SafeCast.TokenMonitor;

/// <summary>How often, and how patiently, anything is tried again over the wire.</summary>
internal static class RetryPolicy
{
    /// <summary>In all, the first one included.</summary>
    public const int Attempts = 3;

    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan DeliveryAttemptPatience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For deliveries: 408, 429, 5xx, time-outs and broken connections are tried again. Neither channel takes an idempotency key,
    /// so a lost answer can mean the message twice, which is better than not at all.
    /// </summary>
    public static void ForDeliveries(ResiliencePipelineBuilder<HttpResponseMessage> pipeline) => pipeline
        .AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
        })
        .AddTimeout(DeliveryAttemptPatience);
}
