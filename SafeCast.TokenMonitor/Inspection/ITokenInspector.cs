using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Inspection;

/// <summary>Finds out what the vault and Graph say about a token.</summary>
public interface ITokenInspector
{
    /// <summary>Reads the token and inspects it. What the vault or Graph cannot say is an answer, not an exception.</summary>
    /// <param name="expectation">What the token should be.</param>
    /// <param name="throttled">The apps that Graph has throttled during this check; shared by its inspections.</param>
    /// <param name="cancellationToken">Ends the inspection.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<TokenInspection> InspectAsync(TokenExpectation expectation, ThrottledApps throttled, CancellationToken cancellationToken);
}
