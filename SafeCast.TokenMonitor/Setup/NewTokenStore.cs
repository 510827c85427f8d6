using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>A store as it will be once the candidate is stored, so that it is inspected exactly as the hourly check would.</summary>
internal sealed class NewTokenStore(ISecretStore store, string secretName, Secret newToken) : ISecretStore
{
    public string Name => store.Name;

    public bool IsVault => store.IsVault;

    public Task<SecretReading> ReadAsync(string name, CancellationToken cancellationToken) => name == secretName
        ? Task.FromResult<SecretReading>(new SecretReading.Found(newToken, new SecretAttributes()))
        : store.ReadAsync(name, cancellationToken);
}
