namespace SafeCast.TokenMonitor.Assessment;

/// <summary>The ways in which a token can fall short. What each means, and how it is mended, stands in <see cref="FindingCatalogue"/>.</summary>
public enum FindingKind
{
    /// <summary>Somebody revoked it.</summary>
    TokenRevoked,

    /// <summary>Its time is over.</summary>
    TokenExpired,

    /// <summary>A password change, a log-out or Meta's security ended it.</summary>
    TokenInvalidated,

    /// <summary>The app was removed from the system user.</summary>
    AppRemoved,

    /// <summary>A person has to log in or confirm something at Meta's.</summary>
    UserActionRequired,

    /// <summary>Graph cannot decode it.</summary>
    TokenUnreadable,

    /// <summary>Graph says that it is not valid, for another reason or for none.</summary>
    TokenInvalid,

    /// <summary>It has an end, which lies ahead.</summary>
    TokenExpires,

    /// <summary>Its access to data has an end.</summary>
    DataAccessExpires,

    /// <summary>A required scope is missing.</summary>
    ScopeMissing,

    /// <summary>A required scope does not cover the business account.</summary>
    ScopeNarrowed,

    /// <summary>It is not a system user's.</summary>
    NotSystemUser,

    /// <summary>It is another app's.</summary>
    WrongApp,

    /// <summary>Another configured name holds the same token.</summary>
    TokenShared,

    /// <summary>Another configured name is set up with the same account or number, which the token reaches.</summary>
    EnvironmentShared,

    /// <summary>The vault has no such secret.</summary>
    SecretMissing,

    /// <summary>The secret is disabled in the vault.</summary>
    SecretDisabled,

    /// <summary>What is in the vault cannot be a token.</summary>
    SecretMalformed,

    /// <summary>The token is stored under two names, and differently.</summary>
    SecretAmbiguous,

    /// <summary>The vault's own expiry date of the secret is near or past.</summary>
    SecretExpires,

    /// <summary>The token cannot read the business account.</summary>
    BusinessAccountUnreachable,

    /// <summary>The business account belongs to another portfolio.</summary>
    WrongPortfolio,

    /// <summary>The system user has no longer full control of the account.</summary>
    AccessReduced,

    /// <summary>The token cannot read the phone number.</summary>
    PhoneNumberUnreachable,

    /// <summary>The phone number is not the account's.</summary>
    PhoneNumberElsewhere,

    /// <summary>The app is not subscribed to the account.</summary>
    AppNotSubscribed,

    /// <summary>Meta blocks sending.</summary>
    SendingBlocked,

    /// <summary>Meta limits sending.</summary>
    SendingLimited,

    /// <summary>Graph refuses the app's credential: the monitor is blind.</summary>
    AppCredentialRejected,

    /// <summary>Graph answers with another version than the one asked for.</summary>
    GraphVersionExpired,
}
