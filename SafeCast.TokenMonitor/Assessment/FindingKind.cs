namespace SafeCast.TokenMonitor.Assessment;

/// <summary>The kinds of findings. <see cref="FindingCatalogue"/> has their definitions, the runbook explains them.</summary>
public enum FindingKind
{
    /// <summary>The token was revoked.</summary>
    TokenRevoked,

    /// <summary>The token has expired.</summary>
    TokenExpired,

    /// <summary>A password change, a logout or the security systems of Meta invalidated the token.</summary>
    TokenInvalidated,

    /// <summary>The app was removed from the system user.</summary>
    AppRemoved,

    /// <summary>The app of the token is deleted, disabled or blocked.</summary>
    AppUnavailable,

    /// <summary>An administrator must log in or confirm something at Meta.</summary>
    UserActionRequired,

    /// <summary>Graph cannot decode the token.</summary>
    TokenUnreadable,

    /// <summary>The token is not valid, for another or no stated reason.</summary>
    TokenInvalid,

    /// <summary>The token will expire.</summary>
    TokenExpires,

    /// <summary>The data access of the token will expire, or has expired.</summary>
    DataAccessExpires,

    /// <summary>A required scope is missing.</summary>
    ScopeMissing,

    /// <summary>A required scope does not cover the business account.</summary>
    ScopeNarrowed,

    /// <summary>The token does not belong to a system user.</summary>
    NotSystemUser,

    /// <summary>The token belongs to another app.</summary>
    WrongApp,

    /// <summary>Another configured token has the same value.</summary>
    TokenShared,

    /// <summary>Another configured token uses the same account or number.</summary>
    EnvironmentShared,

    /// <summary>The vault has no such secret.</summary>
    SecretMissing,

    /// <summary>The secret is disabled in the vault.</summary>
    SecretDisabled,

    /// <summary>The value in the vault cannot be a token.</summary>
    SecretMalformed,

    /// <summary>The token is stored under two names with different values.</summary>
    SecretAmbiguous,

    /// <summary>The expiration date of the secret in the vault is near or past, or its activation date is in the future.</summary>
    SecretExpires,

    /// <summary>The token cannot access the business account.</summary>
    BusinessAccountUnreachable,

    /// <summary>The business account belongs to another portfolio.</summary>
    WrongPortfolio,

    /// <summary>The system user no longer has full control of the account.</summary>
    AccessReduced,

    /// <summary>The token cannot access the phone number.</summary>
    PhoneNumberUnreachable,

    /// <summary>The phone number is in another account.</summary>
    PhoneNumberElsewhere,

    /// <summary>The phone number is not connected: banned, disconnected, not registered, or in another such state.</summary>
    PhoneNumberNotConnected,

    /// <summary>Meta rates the quality of the number's messages as low.</summary>
    QualityLow,

    /// <summary>The app is not subscribed to the account.</summary>
    AppNotSubscribed,

    /// <summary>Meta blocks sending.</summary>
    SendingBlocked,

    /// <summary>Meta limits sending.</summary>
    SendingLimited,

    /// <summary>Graph rejects the app credential, so the monitor cannot check everything.</summary>
    AppCredentialRejected,

    /// <summary>Graph answers in another version than the requested one.</summary>
    GraphVersionExpired,
}
