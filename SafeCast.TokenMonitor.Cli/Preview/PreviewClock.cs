namespace SafeCast.TokenMonitor.Cli.Preview;

/// <summary>A clock that stands still until it is moved, so that every preview shows the same times. Timers use real time.</summary>
internal sealed class PreviewClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(TimeSpan time) => _now += time;
}
