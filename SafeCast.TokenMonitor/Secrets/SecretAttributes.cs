namespace SafeCast.TokenMonitor.Secrets;

/// <summary>What a store says about a secret's value. All times are UTC; what a store does not say is null.</summary>
/// <param name="Version">The store's name for this version of the secret.</param>
/// <param name="CreatedOn">When this version was stored.</param>
/// <param name="ExpiresOn">The store's own expiry date for it, which binds nobody.</param>
public sealed record SecretAttributes(
    string? Version = null,
    DateTimeOffset? CreatedOn = null,
    DateTimeOffset? ExpiresOn = null)
{
    /// <summary>Another name under which the store holds what should be the same secret, and is not; null: none.</summary>
    public string? ContradictedBy { get; init; }

    /// <summary>What stands under that name.</summary>
    public ContradictingContent Contradiction { get; init; }

    /// <summary>By how much the store's clock is ahead of this machine's, to a second or so.</summary>
    public TimeSpan? ClockSkew { get; init; }
}

/// <summary>What a second name holds that should hold the same token.</summary>
public enum ContradictingContent
{
    /// <summary>Another token.</summary>
    AnotherToken,

    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A reference to a variable that was not expanded.</summary>
    UnexpandedReference,
}
