namespace SafeCast.TokenMonitor.Secrets;

/// <summary>
/// Reads secrets from environment variables or an environment file, for the command line: the secret <c>whatsapp-system-user-token</c> is
/// the variable <c>WHATSAPP_SYSTEM_USER_TOKEN</c>.
/// </summary>
/// <param name="name">The display name of the store.</param>
/// <param name="variables">The variables.</param>
/// <param name="setTwice">The variables that are set twice, to different values, with a text that says where; null: none.</param>
public sealed class EnvironmentSecretStore(
    string name, IReadOnlyDictionary<string, string> variables, IReadOnlyDictionary<string, string>? setTwice = null) : ISecretStore
{
    /// <summary>The variable of the token. Integrations also use <see cref="IntegrationTokenVariable"/>.</summary>
    public const string TokenVariable = "WHATSAPP_SYSTEM_USER_TOKEN";

    /// <summary>The second variable of the same token.</summary>
    public const string IntegrationTokenVariable = "WHATSAPP_API_TOKEN";

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Gets the variable of a secret.</summary>
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

    // A variable that exists without a token is a contradiction too: an integration that reads this variable does not work.
    private SecretAttributes Attributes(string variable, string value) =>
        setTwice?.GetValueOrDefault(variable) is { } where ? new SecretAttributes { ContradictedBy = $"{variable} ({where})", Contradiction = ContradictingContent.SetTwice }
        : OtherNameOf(variable) is not { } other || !variables.TryGetValue(other, out var same) || same == value
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
