namespace SafeCast.TokenMonitor.Inspection;

/// <summary>Whether a token may have an end.</summary>
public enum ExpiryPolicy
{
    /// <summary>The token was made to never expire; any end is a finding.</summary>
    Never,

    /// <summary>A 60-day token that somebody renews; its end is a finding once it is near.</summary>
    Renewed,
}
