namespace SafeCast.TokenMonitor.Assessment;

/// <summary>The steps of the setup procedure, by their numbers in the runbook, which explains them.</summary>
public enum SetupStep
{
    /// <summary>The app and the WhatsApp account exist, in one business portfolio.</summary>
    AppAndAccount = 1,

    /// <summary>There is a system user.</summary>
    SystemUser = 2,

    /// <summary>The app is assigned to it.</summary>
    AssignApp = 3,

    /// <summary>The WhatsApp account is assigned to it, with full control.</summary>
    AssignAccount = 4,

    /// <summary>The app's secret is stored, so that the monitor can inspect the token.</summary>
    StoreAppSecret = 5,

    /// <summary>The token is generated: the right app, the right expiration, both scopes.</summary>
    GenerateToken = 6,

    /// <summary>The token is checked and stored.</summary>
    StoreToken = 7,

    /// <summary>The token is in use, and found healthy.</summary>
    Verify = 8,

    /// <summary>The app is subscribed to the account.</summary>
    SubscribeApp = 9,

    /// <summary>Staging has an app, a system user, a token and a vault of its own.</summary>
    KeepStagingApart = 10,
}
