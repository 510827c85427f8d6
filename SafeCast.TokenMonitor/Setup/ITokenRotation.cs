using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>Storing a fresh token, and proving that it is right, as one act.</summary>
public interface ITokenRotation
{
    /// <summary>The configured names, in the configuration's order.</summary>
    IReadOnlyList<string> TokenNames { get; }

    /// <summary>The store's name as people know it.</summary>
    string StoreName { get; }

    /// <summary>There is a vault to store in.</summary>
    bool CanStore { get; }

    /// <summary>
    /// Why a fresh token need not even be asked for, as sentences: the store refuses, or does not answer, whoever runs this. Null: it answers.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<string?> FindObstacleAsync(string tokenName, CancellationToken cancellationToken);

    /// <summary>Inspects a fresh token as the hourly check would if it were stored. Writes nothing.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<NewToken> InspectAsync(string tokenName, Secret token, CancellationToken cancellationToken);

    /// <summary>
    /// Writes it as a new version, unless another token took its place since it was inspected, reads it back, and checks what was read. Tells nobody and remembers nothing: the next hourly check
    /// sees the new token and says so once.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no vault to store in.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<StoreOutcome> StoreAsync(NewToken newToken, CancellationToken cancellationToken);
}
