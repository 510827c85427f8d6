namespace SafeCast.TokenMonitor.Secrets;

/// <summary>A source of tokens and keys.</summary>
public interface ISecretStore
{
    /// <summary>The display name: "Key Vault contoso-whatsapp", "the environment".</summary>
    string Name { get; }

    /// <summary>The store is a vault: it has versions, and <c>tokenmonitor store</c> can write to it.</summary>
    bool IsVault => this is ISecretVault;

    /// <summary>
    /// Reads the current value of a secret, without a cache. Errors of the store are results:
    /// <see cref="SecretReading.Refused"/> or <see cref="SecretReading.Unreachable"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<SecretReading> ReadAsync(string name, CancellationToken cancellationToken);
}
