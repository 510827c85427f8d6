namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>The classes of Graph errors, by subject.</summary>
public enum GraphErrorClass
{
    /// <summary>An unknown code. It shows nothing.</summary>
    Unknown,

    /// <summary>No answer, an unreadable answer, or a request to retry later.</summary>
    Transient,

    /// <summary>The app made too many calls. More calls extend the wait.</summary>
    Throttled,

    /// <summary>The calling token is not valid.</summary>
    Token,

    /// <summary>The calling token is valid, but of the wrong type for this call.</summary>
    WrongKindOfToken,

    /// <summary>The inspected token belongs to another app than the inspecting one.</summary>
    AnotherApp,

    /// <summary>The app of the caller is unknown, deleted, disabled or blocked.</summary>
    App,

    /// <summary>The appsecret_proof is wrong, or it is required and was not sent.</summary>
    AppSecretProof,

    /// <summary>A permission is missing.</summary>
    Permission,

    /// <summary>The asset does not exist or is not accessible. Graph does not distinguish them.</summary>
    Asset,

    /// <summary>The WhatsApp account is locked or restricted, or its payment failed.</summary>
    Account,

    /// <summary>The phone number is not registered with the Cloud API.</summary>
    NumberNotRegistered,

    /// <summary>The configured Graph version or base address is wrong.</summary>
    Version,
}
