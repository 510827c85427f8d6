namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>The operation of a call.</summary>
public enum GraphOperation
{
    /// <summary>An operation that the simulator does not know.</summary>
    Unknown,

    /// <summary><c>/debug_token</c>.</summary>
    DebugToken,

    /// <summary>A phone number.</summary>
    PhoneNumber,

    /// <summary>A WhatsApp business account, or an unknown id.</summary>
    BusinessAccount,

    /// <summary>The phone numbers of an account.</summary>
    PhoneNumbers,

    /// <summary>The apps subscribed to an account.</summary>
    SubscribedApps,

    /// <summary>The users assigned to an account.</summary>
    AssignedUsers,

    /// <summary><c>/me</c>.</summary>
    Me,

    /// <summary><c>/me/permissions</c>.</summary>
    Permissions,

    /// <summary>An app, queried by an app.</summary>
    App,
}
