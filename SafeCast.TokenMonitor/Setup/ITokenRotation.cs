using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>Validates a new token, stores it, and verifies the stored value.</summary>
public interface ITokenRotation
{
    /// <summary>The names of the configured tokens, in the order of the configuration.</summary>
    IReadOnlyList<string> TokenNames { get; }

    /// <summary>The display name of the secret store.</summary>
    string StoreName { get; }

    /// <summary>A vault is configured.</summary>
    bool CanStore { get; }

    /// <summary>
    /// Finds out whether the store rejects the current user or does not answer, before a new token is generated. Returns the reason as
    /// sentences, or null if the store answers.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<string?> FindObstacleAsync(string tokenName, CancellationToken cancellationToken);

    /// <summary>Inspects a new token as the hourly check would if it were stored. Writes nothing.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<NewToken> InspectAsync(string tokenName, Secret token, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the token as a new version, reads it back, and checks the value that was read. Does not write if another token was stored since
    /// the inspection. Sends no alert and does not change the state: the next hourly check reports the new token.
    /// </summary>
    /// <exception cref="InvalidOperationException">No vault is configured.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<StoreOutcome> StoreAsync(NewToken newToken, CancellationToken cancellationToken);
}
