namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>What an error of Graph's is about.</summary>
public enum GraphErrorClass
{
    /// <summary>A code that nothing here knows. Says nothing about anything.</summary>
    Unknown,

    /// <summary>No answer, an unreadable one, or "try later".</summary>
    Transient,

    /// <summary>The app has made too many calls; more of them lengthen the wait.</summary>
    Throttled,

    /// <summary>The token that asked is dead, or is no token.</summary>
    Token,

    /// <summary>The token that asked is alive, but of the wrong kind for this call.</summary>
    WrongKindOfToken,

    /// <summary>The inspected token belongs to another app than the inspecting one.</summary>
    AnotherApp,

    /// <summary>The app is wrong, deleted or blocked, its secret wrong, or it may not ask this.</summary>
    App,

    /// <summary>The proof made of the app's secret is wrong, or is required and was not sent.</summary>
    AppSecretProof,

    /// <summary>A permission is missing.</summary>
    Permission,

    /// <summary>The asset does not exist, or may not be seen: Graph does not tell the two apart.</summary>
    Asset,

    /// <summary>The WhatsApp account is locked or restricted.</summary>
    Account,
}
