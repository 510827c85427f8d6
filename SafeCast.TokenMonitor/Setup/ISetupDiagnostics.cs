namespace SafeCast.TokenMonitor.Setup;

/// <summary>Diagnoses the whole setup: the stored tokens, the connections and the channels.</summary>
public interface ISetupDiagnostics
{
    /// <summary>
    /// Runs the diagnostics. Does not change the state of the tokens; writes a test document to the state store and deletes it. Sends no
    /// messages, except test messages on request.
    /// </summary>
    /// <param name="sendTest">Send a test message on every channel.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<DiagnosticsReport> DiagnoseAsync(bool sendTest, CancellationToken cancellationToken);
}
