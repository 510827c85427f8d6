namespace SafeCast.TokenMonitor.Secrets;

/// <summary>
/// Secrets from environment variables or a file of them, for the terminal: the secret <c>whatsapp-system-user-token</c> is the
/// variable <c>WHATSAPP_SYSTEM_USER_TOKEN</c>.
/// </summary>
public sealed class EnvironmentSecretStore(string name, IReadOnlyDictionary<string, string> variables) : ISecretStore
{
    /// <summary>The variable that holds the token; integrations know it by <see cref="IntegrationTokenVariable"/> too.</summary>
    public const string TokenVariable = "WHATSAPP_SYSTEM_USER_TOKEN";

    /// <summary>The other name of <see cref="TokenVariable"/>, which holds the same token.</summary>
    public const string IntegrationTokenVariable = "WHATSAPP_API_TOKEN";

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>The variable that holds the secret of this name.</summary>
    public static string VariableFor(string secretName)
    {
        ArgumentNullException.ThrowIfNull(secretName);
        return secretName.Replace('-', '_').ToUpperInvariant();
    }

    /// <inheritdoc/>
    public Task<SecretReading> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var variable = VariableFor(name);
        return Task.FromResult<SecretReading>(variables.TryGetValue(variable, out var value)
            ? new SecretReading.Found(new Secret(value), Attributes(variable, value))
            : new SecretReading.Missing());
    }

    // A name that is there and holds no token contradicts too: an integration that knows the token by that name stands still.
    private SecretAttributes Attributes(string variable, string value) =>
        OtherNameOf(variable) is not { } other || !variables.TryGetValue(other, out var same) || same == value
            ? new SecretAttributes()
            : new SecretAttributes
            {
                ContradictedBy = other,
                Contradiction = same switch
                {
                    _ when string.IsNullOrWhiteSpace(same) => ContradictingContent.Nothing,
                    _ when same.Contains('$', StringComparison.Ordinal) => ContradictingContent.UnexpandedReference,
                    _ => ContradictingContent.AnotherToken,
                },
            };

    private static string? OtherNameOf(string variable) => variable switch
    {
        TokenVariable => IntegrationTokenVariable,
        IntegrationTokenVariable => TokenVariable,
        _ => null,
    };
}
