namespace SafeCast.TokenMonitor.Cli.Demo;

/// <summary>A clock that shows the story's time: the real one, moved on by as many hours as the story has taken. Waits stay real.</summary>
internal sealed class DemoClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Pass(TimeSpan time) => _ahead += time;
}
