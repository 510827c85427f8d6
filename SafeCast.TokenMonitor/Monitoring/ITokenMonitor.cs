namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>The hourly check.</summary>
public interface ITokenMonitor
{
    /// <summary>
    /// Checks every configured token and tells people what was found. Whatever goes wrong for one token or one channel is in the
    /// report, and keeps no other from being checked or told.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<CheckReport> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Checks every configured token, tells nobody and remembers nothing.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<CheckReport> CheckWithoutNotifyingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Checks every configured token as <see cref="CheckAsync"/> does, if a message of Event Grid's says that a watched secret has a new
    /// version which no check has seen yet. Anything else in the message is ignored, with a reason.
    /// </summary>
    /// <param name="message">The message as it came: JSON, in Event Grid's schema or as a CloudEvent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<NewVersionAnswer> CheckAfterNewVersionAsync(string message, CancellationToken cancellationToken);

    /// <summary>What is remembered of every configured token: what is open, what is owed, when people are reminded.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IReadOnlyList<TokenStatus>> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>Sends a marked test message on every channel.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IReadOnlyList<Delivery>> SendTestAsync(CancellationToken cancellationToken);
}
