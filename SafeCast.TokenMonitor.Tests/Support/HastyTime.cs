namespace SafeCast.TokenMonitor.Tests.Support;

/// <summary>
/// Real time in which the waits between attempts run out at once, without the product knowing, so that tests over real HTTP need not
/// sit through them. Time-outs (ten seconds and more) stay real, or a slow machine would see outages that are none; a test
/// that is about a time-out shortens them with <see cref="TimeoutSpeed"/>.
/// </summary>
internal sealed class HastyTime : TimeProvider
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(9);

    /// <summary>How many times sooner time-outs run out.</summary>
    public int TimeoutSpeed { get; set; } = 1;

    /// <summary>What is added to the real time.</summary>
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime >= ShortestTimeout ? dueTime / TimeoutSpeed : Sooner(dueTime), period);

    private static TimeSpan Sooner(TimeSpan wait) => wait > TimeSpan.Zero ? wait / 100 : wait;
}
