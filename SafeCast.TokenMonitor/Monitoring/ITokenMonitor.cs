namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>Runs checks, and sends alerts about their results.</summary>
public interface ITokenMonitor
{
    /// <summary>
    /// Checks every configured token and sends the alerts that are due. A failure of one token or channel is in the report and does not
    /// affect the others.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<CheckReport> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Checks every configured token without sending alerts or storing state.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<CheckReport> CheckWithoutNotifyingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Checks every configured token as <see cref="CheckAsync"/> does if an Event Grid message states that a monitored secret has a new
    /// version that no check has covered yet. Any other message is ignored, with a reason.
    /// </summary>
    /// <param name="message">The received message: JSON in the Event Grid schema or as a CloudEvent.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<NewVersionAnswer> CheckAfterNewVersionAsync(string message, CancellationToken cancellationToken);

    /// <summary>
    /// Gets the stored state of every configured token: open incidents, pending notifications and the time of the next reminder.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IReadOnlyList<TokenStatus>> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>Sends a test message, marked as such, on every channel.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IReadOnlyList<Delivery>> SendTestAsync(CancellationToken cancellationToken);
}
