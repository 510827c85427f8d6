using System.Collections.Immutable;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>Every kind of finding, in the order in which findings of equal severity are listed.</summary>
public static class FindingCatalogue
{
    /// <summary>All definitions.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        new(FindingKind.SecretMissing, "secret-missing", Severity.Critical),
        new(FindingKind.SecretDisabled, "secret-disabled", Severity.Critical),
        new(FindingKind.SecretMalformed, "secret-malformed", Severity.Critical),
        new(FindingKind.TokenRevoked, "token-revoked", Severity.Critical),
        new(FindingKind.TokenExpired, "token-expired", Severity.Critical),
        new(FindingKind.TokenInvalidated, "token-invalidated", Severity.Critical),
        new(FindingKind.AppRemoved, "app-removed", Severity.Critical),
        new(FindingKind.AppUnavailable, "app-unavailable", Severity.Critical),
        new(FindingKind.UserActionRequired, "user-action-required", Severity.Critical),
        new(FindingKind.TokenUnreadable, "token-unreadable", Severity.Critical),
        new(FindingKind.TokenInvalid, "token-invalid", Severity.Critical),
        new(FindingKind.WrongApp, "wrong-app", Severity.Critical),
        new(FindingKind.ScopeMissing, "scope-missing", Severity.Critical),
        new(FindingKind.ScopeNarrowed, "scope-narrowed", Severity.Critical),
        new(FindingKind.BusinessAccountUnreachable, "business-account-unreachable", Severity.Critical),
        new(FindingKind.WrongPortfolio, "wrong-portfolio", Severity.Critical),
        new(FindingKind.PhoneNumberUnreachable, "phone-number-unreachable", Severity.Critical),
        new(FindingKind.PhoneNumberElsewhere, "phone-number-elsewhere", Severity.Critical),
        new(FindingKind.PhoneNumberNotConnected, "phone-number-not-connected", Severity.Critical),
        new(FindingKind.SendingBlocked, "sending-blocked", Severity.Critical),
        new(FindingKind.TokenExpires, "token-expires", Severity.Warning),
        new(FindingKind.DataAccessExpires, "data-access-expires", Severity.Warning),
        new(FindingKind.AppCredentialRejected, "app-credential-rejected", Severity.Warning),
        new(FindingKind.NotSystemUser, "not-system-user", Severity.Warning),
        new(FindingKind.TokenShared, "token-shared", Severity.Warning) { IsSeenWithoutToken = true },
        new(FindingKind.EnvironmentShared, "environment-shared", Severity.Warning),
        new(FindingKind.SecretAmbiguous, "secret-ambiguous", Severity.Warning) { IsSeenWithoutToken = true },
        new(FindingKind.AccessReduced, "access-reduced", Severity.Warning),
        new(FindingKind.AppNotSubscribed, "app-not-subscribed", Severity.Warning),
        new(FindingKind.SendingLimited, "sending-limited", Severity.Warning),
        new(FindingKind.QualityLow, "quality-low", Severity.Warning),
        new(FindingKind.SecretExpires, "secret-expires", Severity.Warning) { IsSeenWithoutToken = true },
        new(FindingKind.GraphVersionExpired, "graph-version-expired", Severity.Warning) { IsSeenWithoutToken = true },
    ];

    /// <summary>The kinds that say that the token is not valid.</summary>
    public static ImmutableArray<FindingKind> Invalidating { get; } =
    [
        FindingKind.TokenRevoked, FindingKind.TokenExpired, FindingKind.TokenInvalidated, FindingKind.AppRemoved,
        FindingKind.AppUnavailable, FindingKind.UserActionRequired, FindingKind.TokenUnreadable, FindingKind.TokenInvalid,
    ];

    /// <summary>Whether a finding says that the token is not valid.</summary>
    public static bool IsInvalidating(FindingKind kind) => Invalidating.Contains(kind);

    /// <summary>
    /// Whether a finding is about the token's validity: that it is not valid, or will expire. A token has one such state: where one of
    /// these replaces another, the other is not resolved.
    /// </summary>
    public static bool IsAboutValidity(FindingKind kind) => IsInvalidating(kind) || kind is FindingKind.TokenExpires;

    /// <summary>The position of a kind among findings of equal severity.</summary>
    public static int IndexOf(FindingKind kind) => All.IndexOf(Of(kind));

    /// <summary>The definition of a kind.</summary>
    public static FindingDefinition Of(FindingKind kind) => All.First(definition => definition.Kind == kind);

    /// <summary>The definition with this id, or null.</summary>
    public static FindingDefinition? Find(string id) => All.FirstOrDefault(definition => string.Equals(definition.Id, id, StringComparison.OrdinalIgnoreCase));
}
