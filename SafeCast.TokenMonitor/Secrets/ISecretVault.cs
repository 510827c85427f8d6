namespace SafeCast.TokenMonitor.Secrets;

/// <summary>A secret store with versions that can be written.</summary>
public interface ISecretVault : ISecretStore
{
    /// <summary>Writes a new version of a secret. Errors of the vault are results, not exceptions.</summary>
    /// <param name="name">The name of the secret.</param>
    /// <param name="value">The value.</param>
    /// <param name="label">The content type and tags.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<SecretWriting> WriteAsync(string name, Secret value, SecretLabel label, CancellationToken cancellationToken);

    /// <summary>Reads one version of a secret.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<SecretReading> ReadVersionAsync(string name, string version, CancellationToken cancellationToken);

    /// <summary>Gets the identity of the current user at the vault.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<VaultIdentity> GetIdentityAsync(CancellationToken cancellationToken);
}
