namespace SafeCast.TokenMonitor.Simulator;

/// <summary>The record of a call.</summary>
public abstract class RecordedCall
{
    /// <summary>The time of the call, by the clock of the simulation.</summary>
    public DateTimeOffset At { get; internal set; }

    /// <summary>The HTTP status of the answer; null: no answer yet, or none because of a stall or a reset.</summary>
    public int? Status { get; internal set; }
}
