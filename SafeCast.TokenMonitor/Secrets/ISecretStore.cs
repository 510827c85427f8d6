namespace SafeCast.TokenMonitor.Secrets;

/// <summary>Where tokens and keys come from.</summary>
public interface ISecretStore
{
    /// <summary>The store's name as people know it: "Key Vault contoso-whatsapp", "the environment".</summary>
    string Name { get; }

    /// <summary>The store is a vault: it keeps versions, and <c>tokenmonitor store</c> can write to it.</summary>
    bool IsVault => this is ISecretVault;

    /// <summary>
    /// Reads a secret afresh. Never throws for what a store can do wrong, that is
    /// <see cref="SecretReading.Refused"/> or <see cref="SecretReading.Unreachable"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<SecretReading> ReadAsync(string name, CancellationToken cancellationToken);
}
