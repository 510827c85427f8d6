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
        new HastyTimer(base.CreateTimer(callback, state, Sooner(dueTime), period), this);

    private TimeSpan Sooner(TimeSpan wait) =>
        wait >= ShortestTimeout ? wait / TimeoutSpeed
        : wait > TimeSpan.Zero ? wait / 100
        : wait;

    // A time-out is often set after its timer was made: CancelAfter does so.
    private sealed class HastyTimer(ITimer timer, HastyTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Sooner(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
