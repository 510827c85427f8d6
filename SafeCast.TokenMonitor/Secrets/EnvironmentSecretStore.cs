namespace SafeCast.TokenMonitor.Secrets;

/// <summary>
/// Secrets from environment variables or a file of them, for the terminal: the secret <c>whatsapp-system-user-token</c> is the
/// variable <c>WHATSAPP_SYSTEM_USER_TOKEN</c>.
/// </summary>
public sealed class EnvironmentSecretStore(string name, IReadOnlyDictionary<string, string> variables) : ISecretStore
{
    /// <inheritdoc/>
    public string Name => name;

    /// <summary>The variable that holds the secret of this name.</summary>
    public static string VariableFor(string secretName)
    {
        ArgumentNullException.ThrowIfNull(secretName);
        return secretName.Replace('-', '_').ToUpperInvariant();
    }

    /// <inheritdoc/>
    public Task<SecretReading> ReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<SecretReading>(variables.TryGetValue(VariableFor(name), out var value)
            ? new SecretReading.Found(new Secret(value), new SecretAttributes())
            : new SecretReading.Missing());
}
