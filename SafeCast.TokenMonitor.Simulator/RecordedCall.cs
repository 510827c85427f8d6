namespace SafeCast.TokenMonitor.Simulator;

/// <summary>What a stand-in remembers of any call.</summary>
public abstract class RecordedCall
{
    /// <summary>When it came, by the simulation's clock.</summary>
    public DateTimeOffset At { get; internal set; }

    /// <summary>The HTTP status that was answered; null while there is no answer, and for good after a stall or a reset.</summary>
    public int? Status { get; internal set; }
}
