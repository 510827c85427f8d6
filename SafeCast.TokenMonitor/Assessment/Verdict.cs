namespace SafeCast.TokenMonitor.Assessment;

/// <summary>What a check says of a token, in one word.</summary>
public enum Verdict
{
    /// <summary>Everything that was asked was answered, and is as it should be.</summary>
    Healthy,

    /// <summary>Warnings only.</summary>
    AtRisk,

    /// <summary>A critical finding.</summary>
    Broken,

    /// <summary>Could not find out. Says nothing about the token.</summary>
    Unknown,
}
