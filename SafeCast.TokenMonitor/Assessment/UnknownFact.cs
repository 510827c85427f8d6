namespace SafeCast.TokenMonitor.Assessment;

/// <summary>A fact about a token that a check did not learn.</summary>
/// <param name="Topic">Which fact.</param>
/// <param name="Reason">Why not, and so whether the check was complete.</param>
/// <param name="Cause">The cause in detail.</param>
/// <param name="Diagnostic">The error message, or the value that is not known; null: the cause says everything.</param>
public sealed record UnknownFact(FactTopic Topic, UnknownReason Reason, UnknownCause Cause, string? Diagnostic = null);

/// <summary>Why a fact is unknown.</summary>
public enum UnknownReason
{
    /// <summary>The configuration leaves out what is needed to query it. In the report; the check is complete without it.</summary>
    NotConfigured,

    /// <summary>Graph answered and left it out, or gave a value that the monitor does not know. No finding depends on it.</summary>
    NotStated,

    /// <summary>It was queried, and there was no usable answer: the check is not complete.</summary>
    QueryFailed,
}

/// <summary>The cause of an <see cref="UnknownReason"/> in detail.</summary>
public enum UnknownCause
{
    /// <summary>The reason says everything.</summary>
    None,

    /// <summary>There was an error; the diagnostic says which.</summary>
    Error,

    /// <summary>Graph does not know the configured version or address; the diagnostic is the error.</summary>
    WrongGraphVersion,

    /// <summary>Graph did not state it.</summary>
    Omitted,

    /// <summary>Graph stated a value that the monitor does not know, which is the diagnostic.</summary>
    UnknownValue,

    /// <summary>Graph stated a value, which is the diagnostic, that nothing else in the answer supports.</summary>
    UnsupportedValue,

    /// <summary>The token may not read the business portfolio; the diagnostic is the error.</summary>
    PortfolioPermissionMissing,

    /// <summary>The configured portfolio id is not the id of a portfolio; the diagnostic is the error.</summary>
    WrongPortfolioId,

    /// <summary>The scope that reading it needs is missing, which is a finding of its own.</summary>
    ScopeMissing,

    /// <summary>The business account cannot be read.</summary>
    AccountUnreadable,

    /// <summary>Graph did not state whose token it is.</summary>
    SystemUserUnknown,

    /// <summary>The token works and cannot inspect itself, and no app credential is configured.</summary>
    NoAppCredential,

    /// <summary>The token works and cannot inspect itself, and the app secret could not be read.</summary>
    AppSecretNotRead,

    /// <summary>The token works and cannot inspect itself, and Graph rejects the app credential.</summary>
    AppCredentialRejected,

    /// <summary>The token works and cannot inspect itself, and the configured app may not inspect another app's token.</summary>
    AnotherApp,

    /// <summary>The token works and cannot inspect itself, and its app gave no answer.</summary>
    AppGaveNoAnswer,
}

/// <summary>A fact that a check may not learn.</summary>
public enum FactTopic
{
    /// <summary>Nothing is known about the token.</summary>
    Everything,

    /// <summary>Stated by the diagnostic alone: from a state document of schema 1.</summary>
    Unspecified,

    /// <summary>Whether the token is valid.</summary>
    Validity,

    /// <summary>When the token expires.</summary>
    Expiry,

    /// <summary>When its data access expires.</summary>
    DataAccessExpiry,

    /// <summary>When it expires, which app it belongs to, and its type.</summary>
    TokenProperties,

    /// <summary>The token's type.</summary>
    TokenType,

    /// <summary>What only the token's app may query.</summary>
    AppOnlyFacts,

    /// <summary>What the token's app would have learned.</summary>
    AppAnswer,

    /// <summary>The token's scopes.</summary>
    Scopes,

    /// <summary>Whether the scopes cover only other accounts.</summary>
    ScopeTargets,

    /// <summary>Whether the token can read the business account.</summary>
    BusinessAccountAccess,

    /// <summary>Whether the token can read the phone number.</summary>
    PhoneNumberAccess,

    /// <summary>Whether the phone number is in the account.</summary>
    PhoneNumberAccount,

    /// <summary>Whether the app is subscribed to the account.</summary>
    AppSubscription,

    /// <summary>Which portfolio owns the account.</summary>
    AccountOwner,

    /// <summary>Whether the system user has full control of the account.</summary>
    AccountControl,

    /// <summary>Whether Meta lets the number send.</summary>
    Sending,

    /// <summary>Whether the number is connected.</summary>
    NumberStatus,

    /// <summary>The quality rating of the number.</summary>
    NumberQuality,
}
