namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>The operations of Graph that the monitor uses.</summary>
public enum GraphOperation
{
    /// <summary><c>GET /debug_token</c></summary>
    DebugToken,

    /// <summary><c>GET /me</c></summary>
    Me,

    /// <summary><c>GET /me/permissions</c></summary>
    Permissions,

    /// <summary><c>GET /{phone-number-id}</c></summary>
    PhoneNumber,

    /// <summary><c>GET /{business-account-id}</c></summary>
    BusinessAccount,

    /// <summary><c>GET /{business-account-id}/phone_numbers</c></summary>
    PhoneNumbers,

    /// <summary><c>GET /{business-account-id}/subscribed_apps</c></summary>
    SubscribedApps,

    /// <summary><c>GET /{business-account-id}?fields=owner_business_info</c></summary>
    Owner,

    /// <summary><c>GET /{business-account-id}/assigned_users</c></summary>
    AssignedUsers,

    /// <summary><c>GET /{app-id}</c></summary>
    App,
}
