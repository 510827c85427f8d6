namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>What has become of a token. The numbers are Graph's subcodes of error 190.</summary>
public enum SimulatedTokenState
{
    /// <summary>It works, until its time is over.</summary>
    Valid,

    /// <summary>458: the app was removed from the user.</summary>
    AppRemoved,

    /// <summary>459: the user must log in and answer to Meta first.</summary>
    Checkpoint,

    /// <summary>460: a changed password, or Meta's security.</summary>
    Invalidated,

    /// <summary>463: its time is over. Follows by itself from <see cref="GraphToken.ExpiresAt"/>.</summary>
    Expired,

    /// <summary>464: the user is not confirmed.</summary>
    Unconfirmed,

    /// <summary>466: somebody revoked it.</summary>
    Revoked,

    /// <summary>467: the user logged out.</summary>
    LoggedOut,

    /// <summary>Invalid with a subcode of the caller's choice: <see cref="GraphToken.OtherSubcode"/>.</summary>
    Other,

    /// <summary>Invalid, and debug_token gives no <c>error</c> to say why.</summary>
    WithoutReason,
}
