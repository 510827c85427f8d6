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
    Task<CheckReport> LookAsync(CancellationToken cancellationToken);

    /// <summary>What is remembered of every configured token: what is open, what is owed, when people are reminded.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IReadOnlyList<TokenStatus>> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>Sends a marked test message on every channel.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IReadOnlyList<Delivery>> SendTestAsync(CancellationToken cancellationToken);
}
