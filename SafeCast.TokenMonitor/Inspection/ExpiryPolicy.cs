namespace SafeCast.TokenMonitor.Inspection;

/// <summary>Whether a token may expire.</summary>
public enum ExpiryPolicy
{
    /// <summary>The token must never expire. Any expiry is a finding.</summary>
    Never,

    /// <summary>A 60-day token that is renewed. The expiry is a finding when it is near.</summary>
    Renewed,
}
