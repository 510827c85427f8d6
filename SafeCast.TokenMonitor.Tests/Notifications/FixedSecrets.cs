using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Tests.Notifications;

/// <summary>A store with fixed results.</summary>
internal sealed class FixedSecrets : ISecretStore
{
    private readonly Dictionary<string, SecretReading> _readings = [];

    public string Name => "Key Vault contoso-whatsapp";

    public SecretReading this[string name]
    {
        set => _readings[name] = value;
    }

    public void Set(string name, string value) => this[name] = new SecretReading.Found(new Secret(value), new SecretAttributes());

    public Task<SecretReading> ReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_readings.GetValueOrDefault(name, new SecretReading.Missing()));
}
