namespace SafeCast.TokenMonitor.Notifications;

/// <summary>A way to people.</summary>
public interface INotificationChannel
{
    /// <summary>"e-mail", "Teams".</summary>
    string Name { get; }

    /// <summary>
    /// Whether a message could be sent at all, as far as that can be told without sending one: null, or what has to be mended. A
    /// vault that does not answer is no fault of the channel's.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<string?> FindFaultAsync(CancellationToken cancellationToken);

    /// <summary>Sends a message. A failure is an answer, not an exception.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<DeliveryOutcome> SendAsync(AlertMessage message, CancellationToken cancellationToken);
}
