using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>A token and what belongs to it, as remedies call them: by name where Graph gave one, by id where configured, else by what it is.</summary>
public sealed record TokenNames
{
    /// <summary>The token's configured name.</summary>
    public required string Token { get; init; }

    /// <summary>The secret that holds it.</summary>
    public required string Secret { get; init; }

    /// <summary>The store that holds the secret.</summary>
    public required string Store { get; init; }

    /// <summary>The store is a vault, which <c>tokenmonitor store</c> can write to; otherwise a file or the environment.</summary>
    public bool IsInVault { get; init; } = true;

    /// <summary>The system user.</summary>
    public required string SystemUser { get; init; }

    /// <summary>The app.</summary>
    public required string App { get; init; }

    /// <summary>The app's id, to link to; null when nobody knows it.</summary>
    public required string? AppId { get; init; }

    /// <summary>The secret that holds the app's secret.</summary>
    public required string AppSecret { get; init; }

    /// <summary>The WhatsApp business account.</summary>
    public required string BusinessAccount { get; init; }

    /// <summary>The phone number.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>The business portfolio.</summary>
    public required string Portfolio { get; init; }

    /// <summary>The scopes to tick: "a and b".</summary>
    public required string Scopes { get; init; }

    /// <summary>The expiration to choose.</summary>
    public required string Expiration { get; init; }

    /// <summary>Puts together what the configuration and Graph call things.</summary>
    /// <param name="inspection">What Graph says now.</param>
    /// <param name="expectation">What is configured.</param>
    /// <param name="systemUserBefore">Whom the token spoke for when it last could say; null: not known.</param>
    public static TokenNames From(TokenInspection inspection, TokenExpectation expectation, Identity? systemUserBefore = null)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(expectation);

        var debug = inspection.Debug?.Value;

        // The name of the app that was inspected is the expected app's only where the ids agree.
        var appName = expectation.AppId is null || expectation.AppId == debug?.AppId ? debug?.AppName : null;

        // A person's or a page's token speaks for that person or page, by whose name no system user is to be found. Of a dead token
        // Graph may still say whose it was, and the last check that saw it alive knew that user's name.
        var isSomebodyElses = debug?.Type?.ToUpperInvariant() is "USER" or "PAGE" or "APP";
        var statedId = debug?.Type?.ToUpperInvariant() is "SYSTEM_USER" ? debug.UserId : null;
        var user = isSomebodyElses ? null
            : inspection.Me?.Value ?? (statedId is null || statedId == systemUserBefore?.Id ? systemUserBefore : null);
        var userId = user?.Id ?? statedId;
        return new TokenNames
        {
            Token = expectation.Name,
            Secret = expectation.SecretName,
            Store = inspection.SecretStore,
            IsInVault = inspection.SecretStore.StartsWith("Key Vault ", StringComparison.Ordinal),
            SystemUser = Called(user?.Name, userId, "the user with the id", "your system user"),
            App = Called(appName, expectation.AppId ?? debug?.AppId, "the app", "your app"),
            AppId = expectation.AppId ?? debug?.AppId,
            AppSecret = expectation.AppSecretName ?? "the app secret",
            BusinessAccount = Called(inspection.BusinessAccount?.Value?.Name, expectation.BusinessAccountId, "the account", "your WhatsApp account"),
            PhoneNumber = Called(inspection.PhoneNumber?.Value?.DisplayNumber, expectation.PhoneNumberId, "the number", "your phone number"),
            Portfolio = Called(inspection.Owner?.Value is { } owner && owner.Id == expectation.BusinessPortfolioId ? owner.Name : null, expectation.BusinessPortfolioId, "the portfolio", "your business portfolio"),
            Scopes = string.Join(" and ", expectation.RequiredScopes),
            Expiration = expectation.Expiry is ExpiryPolicy.Never ? "Never" : "60 days",
        };
    }

    // Reads well in the midst of a sentence, whatever is known.
    private static string Called(string? name, string? id, string what, string otherwise) => (name, id) switch
    {
        ({ } n, { } i) => $"\"{n}\" ({i})",
        ({ } n, null) => $"\"{n}\"",
        (null, { } i) => $"{what} {i}",
        _ => otherwise,
    };
}
