namespace SafeCast.TokenMonitor.Secrets;

/// <summary>A store that keeps versions of its secrets, and takes new ones.</summary>
public interface ISecretVault : ISecretStore
{
    /// <summary>Writes a new version of a secret. What the vault can do wrong is an answer, not an exception.</summary>
    /// <param name="name">The secret's name.</param>
    /// <param name="value">The secret itself.</param>
    /// <param name="label">What is to be known of it without reading it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<SecretWriting> WriteAsync(string name, Secret value, SecretLabel label, CancellationToken cancellationToken);

    /// <summary>Reads one version of a secret.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<SecretReading> ReadVersionAsync(string name, string version, CancellationToken cancellationToken);

    /// <summary>As whom the vault knows whoever runs this.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<VaultIdentity> WhoAsync(CancellationToken cancellationToken);
}
