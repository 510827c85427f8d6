namespace SafeCast.TokenMonitor.Notifications;

/// <summary>The outcome of sending a message on a channel.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    /// <summary>The channel accepted the message. This does not show that it arrived.</summary>
    /// <param name="Reference">The message ID of the channel, or null.</param>
    public sealed record Accepted(string? Reference) : DeliveryOutcome;

    /// <summary>The channel did not accept the message.</summary>
    /// <param name="Reason">The reason, as a sentence, if possible with a fix.</param>
    public sealed record Failed(string Reason) : DeliveryOutcome;
}
