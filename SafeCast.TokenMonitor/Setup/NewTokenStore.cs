using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>A secret store that returns the new token as if it were stored, so that the inspection is the same as in the hourly check.</summary>
internal sealed class NewTokenStore(ISecretStore store, string secretName, Secret newToken) : ISecretStore
{
    public string Name => store.Name;

    public bool IsVault => store.IsVault;

    public Task<SecretReading> ReadAsync(string name, CancellationToken cancellationToken) => name == secretName
        ? Task.FromResult<SecretReading>(new SecretReading.Found(newToken, new SecretAttributes()))
        : store.ReadAsync(name, cancellationToken);
}
