using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Inspection;

/// <summary>Inspects a token.</summary>
public interface ITokenInspector
{
    /// <summary>Reads the token from the vault and inspects it through Graph. Errors of the vault and Graph are results, not exceptions.</summary>
    /// <param name="expectation">The expectation.</param>
    /// <param name="throttled">The apps that Graph throttled during this check, shared by its inspections.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<TokenInspection> InspectAsync(TokenExpectation expectation, ThrottledApps throttled, CancellationToken cancellationToken);
}
