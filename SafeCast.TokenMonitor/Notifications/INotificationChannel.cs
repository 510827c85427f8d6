namespace SafeCast.TokenMonitor.Notifications;

/// <summary>A channel for messages.</summary>
public interface INotificationChannel
{
    /// <summary>The display name: "e-mail", "Teams".</summary>
    string Name { get; }

    /// <summary>
    /// Finds a problem that prevents sending, as far as possible without sending a message. Returns the problem and how to fix it, or null. A
    /// vault that does not answer is not a problem of the channel.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<string?> FindFaultAsync(CancellationToken cancellationToken);

    /// <summary>Sends a message. Failures are results, not exceptions.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<DeliveryOutcome> SendAsync(AlertMessage message, CancellationToken cancellationToken);
}
