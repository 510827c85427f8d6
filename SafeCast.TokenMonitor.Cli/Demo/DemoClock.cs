namespace SafeCast.TokenMonitor.Cli.Demo;

/// <summary>A clock with the time of the scenario: real time plus the hours that passed in the scenario. Timers use real time.</summary>
internal sealed class DemoClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Pass(TimeSpan time) => _ahead += time;
}
