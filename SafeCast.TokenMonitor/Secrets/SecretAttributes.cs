namespace SafeCast.TokenMonitor.Secrets;

/// <summary>The attributes of a value in a store. Times are UTC; attributes that the store does not state are null.</summary>
/// <param name="Version">The version of the secret.</param>
/// <param name="CreatedOn">The time when the version was stored.</param>
/// <param name="ExpiresOn">The expiration date in the store, which does not affect the token.</param>
public sealed record SecretAttributes(
    string? Version = null,
    DateTimeOffset? CreatedOn = null,
    DateTimeOffset? ExpiresOn = null)
{
    /// <summary>The activation date in the store, which does not affect the token. The store returns the value before it too.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>A second name that should contain the same secret and does not; null: none.</summary>
    public string? ContradictedBy { get; init; }

    /// <summary>The content of the second name.</summary>
    public ContradictingContent Contradiction { get; init; }

    /// <summary>The difference between the clock of the store and the clock of this machine, within about a second; positive: the store is ahead.</summary>
    public TimeSpan? ClockSkew { get; init; }
}

/// <summary>The content of a second name that should contain the same token.</summary>
public enum ContradictingContent
{
    /// <summary>Another token.</summary>
    AnotherToken,

    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A reference to a variable that was not expanded.</summary>
    UnexpandedReference,

    /// <summary>The name is the same: it is set twice, to different values, and readers disagree on which one counts.</summary>
    SetTwice,
}
