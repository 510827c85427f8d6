using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>
/// A token and what belongs to it, as data: what remediation steps name, and the facts that a message shows. Part of a pending
/// notification, because by the time that a channel accepts it the facts may have changed.
/// </summary>
public sealed record TokenContext
{
    /// <summary>The token's configured name.</summary>
    public required string TokenName { get; init; }

    /// <summary>The secret that holds it.</summary>
    public required string SecretName { get; init; }

    /// <summary>The name of the store that holds the secret.</summary>
    public required string StoreName { get; init; }

    /// <summary>The store is a vault, which <c>tokenmonitor store</c> can write to; otherwise a file or the environment.</summary>
    public bool IsInVault { get; init; } = true;

    /// <summary>The system user that the token belongs to, as far as known.</summary>
    public NamedId? SystemUser { get; init; }

    /// <summary>The app that the token should belong to, as far as known.</summary>
    public NamedId? App { get; init; }

    /// <summary>The secret that holds the app secret; null: not configured.</summary>
    public string? AppSecretName { get; init; }

    /// <summary>The configured WhatsApp business account.</summary>
    public NamedId? BusinessAccount { get; init; }

    /// <summary>The configured phone number, with its display number as the name.</summary>
    public NamedId? PhoneNumber { get; init; }

    /// <summary>The configured business portfolio.</summary>
    public NamedId? Portfolio { get; init; }

    /// <summary>The scopes to select.</summary>
    public IReadOnlyList<string> RequiredScopes { get; init => field = value ?? []; } = [];

    /// <summary>The expiration to select.</summary>
    public ExpiryPolicy Expiry { get; init; }

    /// <summary>The fingerprint of the token that was read; null: none was.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The app that the token does belong to; null: not known.</summary>
    public NamedId? ActualApp { get; init; }

    /// <summary>The token's type; null: not known.</summary>
    public string? Type { get; init; }

    /// <summary>When the token was issued, UTC; null: not known.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The user that the token names as its own; null: not known.</summary>
    public NamedId? Owner { get; init; }

    /// <summary>What the facts come from; null: not recorded.</summary>
    public InspectionSource? Source { get; init; }

    /// <summary>The token's type is one that is not a system user's.</summary>
    public bool IsOfAnotherType => IsAnotherType(Type);

    /// <summary>Gets the context of a token that was not inspected, from the configuration.</summary>
    public static TokenContext From(TokenExpectation expectation, string storeName, bool isInVault)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        return new()
        {
            TokenName = expectation.Name,
            SecretName = expectation.SecretName,
            StoreName = storeName,
            IsInVault = isInVault,
            App = NamedId.Of(expectation.AppId, null),
            AppSecretName = expectation.AppSecretName,
            BusinessAccount = NamedId.Of(expectation.BusinessAccountId, null),
            PhoneNumber = NamedId.Of(expectation.PhoneNumberId, null),
            Portfolio = NamedId.Of(expectation.BusinessPortfolioId, null),
            RequiredScopes = expectation.RequiredScopes,
            Expiry = expectation.Expiry,
        };
    }

    /// <summary>Combines the configuration with the answers of Graph.</summary>
    /// <param name="inspection">The inspection.</param>
    /// <param name="expectation">The expectation.</param>
    /// <param name="lastSystemUser">The system user that the token last named; null: not known.</param>
    public static TokenContext From(TokenInspection inspection, TokenExpectation expectation, Identity? lastSystemUser = null)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(expectation);

        var debug = inspection.Debug?.Value;
        var me = inspection.Me?.Value;

        // The name of the app that was inspected is the expected app's only where the ids agree.
        var appName = expectation.AppId is null || expectation.AppId == debug?.AppId ? debug?.AppName : null;

        // A person's or a page's token names that person or page, and no system user has that name. Graph may still state whose a
        // token was that is no longer valid, and the last check that saw it valid knew that user's name.
        var statedId = debug?.Type?.ToUpperInvariant() is "SYSTEM_USER" ? debug.UserId : null;
        var user = IsAnotherType(debug?.Type) ? null : me ?? (statedId is null || statedId == lastSystemUser?.Id ? lastSystemUser : null);
        var owner = inspection.Owner?.Value;
        return From(expectation, inspection.SecretStore, inspection.IsSecretInVault) with
        {
            SystemUser = NamedId.Of(user?.Id ?? statedId, user?.Name),
            App = NamedId.Of(expectation.AppId ?? debug?.AppId, appName),
            BusinessAccount = NamedId.Of(expectation.BusinessAccountId, inspection.BusinessAccount?.Value?.Name),
            PhoneNumber = NamedId.Of(expectation.PhoneNumberId, inspection.PhoneNumber?.Value?.DisplayNumber),
            Portfolio = NamedId.Of(expectation.BusinessPortfolioId, owner is not null && owner.Id == expectation.BusinessPortfolioId ? owner.Name : null),
            Fingerprint = inspection.Token?.Fingerprint,
            ActualApp = debug?.AppId is { } actual ? new NamedId(actual, debug.AppName) : null,
            Type = debug?.Type,
            IssuedAt = debug?.IssuedAt,
            Owner = me is null ? null : new NamedId(me.Id, me.Name),
            Source = inspection.Source,
        };
    }

    private static bool IsAnotherType(string? type) => type?.ToUpperInvariant() is "USER" or "PAGE" or "APP";
}
