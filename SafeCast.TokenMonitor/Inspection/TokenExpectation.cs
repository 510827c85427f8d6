namespace SafeCast.TokenMonitor.Inspection;

/// <summary>
/// The expected properties of a token, from the configuration. Inspection queries them; Assessment compares the answers with them.
/// </summary>
public sealed record TokenExpectation
{
    /// <summary>The scopes that the Cloud API needs for sending.</summary>
    public static IReadOnlyList<string> DefaultScopes { get; } = ["whatsapp_business_messaging", "whatsapp_business_management"];

    /// <summary>The name of the token, usually its environment, such as <c>production</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the secret that contains the token.</summary>
    public required string SecretName { get; init; }

    /// <summary>The id of the Meta app that the token must belong to and that inspects it; null: any app, which cannot inspect it.</summary>
    public string? AppId { get; init; }

    /// <summary>The name of the secret that contains the app secret; null: the token can only be queried about itself.</summary>
    public string? AppSecretName { get; init; }

    /// <summary>The id of the WhatsApp business account that the token must be able to access.</summary>
    public string? BusinessAccountId { get; init; }

    /// <summary>The id of the phone number that the token must be able to access.</summary>
    public string? PhoneNumberId { get; init; }

    /// <summary>The id of the business portfolio that must own the account.</summary>
    public string? BusinessPortfolioId { get; init; }

    /// <summary>The scopes that the token must have.</summary>
    public IReadOnlyList<string> RequiredScopes { get; init; } = DefaultScopes;

    /// <summary>Whether the token may expire.</summary>
    public ExpiryPolicy Expiry { get; init; } = ExpiryPolicy.Never;
}
