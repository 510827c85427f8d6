namespace SafeCast.TokenMonitor.Inspection;

/// <summary>
/// What the configuration says one token should be. Inspection asks about what stands here; Assessment holds the answers against it.
/// </summary>
public sealed record TokenExpectation
{
    /// <summary>The scopes that sending through the Cloud API takes.</summary>
    public static IReadOnlyList<string> DefaultScopes { get; } = ["whatsapp_business_messaging", "whatsapp_business_management"];

    /// <summary>The token's name: its environment, such as <c>production</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The secret that holds the token.</summary>
    public required string SecretName { get; init; }

    /// <summary>The Meta app that the token must belong to, and that inspects it; null: any app, and no inspection through it.</summary>
    public string? AppId { get; init; }

    /// <summary>The secret that holds the app's secret; null: the token can only be asked about itself.</summary>
    public string? AppSecretName { get; init; }

    /// <summary>The WhatsApp business account that the token must be able to read.</summary>
    public string? BusinessAccountId { get; init; }

    /// <summary>The phone number that the token must be able to read.</summary>
    public string? PhoneNumberId { get; init; }

    /// <summary>The business portfolio that must own the account.</summary>
    public string? BusinessPortfolioId { get; init; }

    /// <summary>The scopes that the token must have.</summary>
    public IReadOnlyList<string> RequiredScopes { get; init; } = DefaultScopes;

    /// <summary>Whether the token may have an end.</summary>
    public ExpiryPolicy Expiry { get; init; } = ExpiryPolicy.Never;
}
