namespace SafeCast.TokenMonitor.Assessment;

/// <summary>The cause of a finding, where one kind has several that need different fixes.</summary>
public enum FindingCause
{
    /// <summary>The usual cause of the kind, or the kind has only one.</summary>
    Usual,

    /// <summary>The configured id is the id of something else: the setting is wrong, not the token.</summary>
    WrongConfiguredId,

    /// <summary>Meta restricts the WhatsApp account: a new token or another assignment does not help.</summary>
    AccountRestricted,

    /// <summary>Meta restricts or deleted the app. Only in state documents of earlier versions: see <see cref="FindingKind.AppUnavailable"/>.</summary>
    AppRestricted,

    /// <summary>The payment of the WhatsApp account failed.</summary>
    PaymentFailed,

    /// <summary>The token belongs to another app: it must be replaced first, and must not get more rights.</summary>
    AnotherAppsToken,

    /// <summary>Two environments use the token: decide which one keeps it, before it gets more rights.</summary>
    SharedToken,

    /// <summary>Meta did not name the token's app, and says that it is not the configured one.</summary>
    AppNotStated,

    /// <summary>The secret that holds the app secret does not exist.</summary>
    SecretMissing,

    /// <summary>The secret that holds the app secret is disabled.</summary>
    SecretDisabled,

    /// <summary>The secret that holds the app secret has a value that cannot be one.</summary>
    SecretMalformed,

    /// <summary>Meta rejects the app id and secret.</summary>
    RejectedByMeta,

    /// <summary>Meta has not approved the display name of the number yet.</summary>
    DisplayNamePending,

    /// <summary>The activation date of the secret is in the future.</summary>
    NotYetActive,

    /// <summary>Graph does not list the scope, and yet everything that needs it can be read.</summary>
    ScopeNotListed,

    /// <summary>The token is a temporary developer token: it belongs to a person and lives for a day at most.</summary>
    TemporaryToken,

    /// <summary>The system user is not assigned to the account.</summary>
    NotAssigned,

    /// <summary>The system user is assigned to the account, without full control.</summary>
    NoFullControl,
}
