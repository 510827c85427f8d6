namespace SafeCast.TokenMonitor.Notifications;

/// <summary>What came of sending one message on one channel.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    /// <summary>The channel took it. Whether it arrived, the channel alone knows.</summary>
    /// <param name="Reference">What the channel calls the message, or null.</param>
    public sealed record Accepted(string? Reference) : DeliveryOutcome;

    /// <summary>The channel did not take it.</summary>
    /// <param name="Reason">Why, as a sentence, and where possible how to mend it.</param>
    public sealed record Failed(string Reason) : DeliveryOutcome;
}
