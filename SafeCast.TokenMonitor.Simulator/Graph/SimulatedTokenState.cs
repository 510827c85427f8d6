namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>The state of a token. The numbers are subcodes of error 190 in Graph.</summary>
public enum SimulatedTokenState
{
    /// <summary>Valid until it expires.</summary>
    Valid,

    /// <summary>458: the app was removed from the user.</summary>
    AppRemoved,

    /// <summary>459: the user must log in and confirm something.</summary>
    Checkpoint,

    /// <summary>460: a changed password, or the security systems of Meta.</summary>
    Invalidated,

    /// <summary>463: expired. Follows from <see cref="GraphToken.ExpiresAt"/>.</summary>
    Expired,

    /// <summary>464: the user is not confirmed.</summary>
    Unconfirmed,

    /// <summary>466: revoked.</summary>
    Revoked,

    /// <summary>467: the user logged out.</summary>
    LoggedOut,

    /// <summary>Invalid with the subcode <see cref="GraphToken.OtherSubcode"/>.</summary>
    Other,

    /// <summary>Invalid, and debug_token states no <c>error</c>.</summary>
    WithoutReason,
}
