namespace SafeCast.TokenMonitor.Setup;

/// <summary>Examines the whole set-up: the tokens in place, and everything around them.</summary>
public interface ISetupDiagnostics
{
    /// <summary>
    /// Examines. Remembers nothing; writes a probe document to the state store and deletes it again. Tells nobody, unless asked to send
    /// a test message.
    /// </summary>
    /// <param name="sendTest">Send a marked test message on every channel.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<DiagnosticsReport> DiagnoseAsync(bool sendTest, CancellationToken cancellationToken);
}
