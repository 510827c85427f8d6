namespace SafeCast.TokenMonitor.Assessment;

/// <summary>The result of a check of a token.</summary>
public enum Verdict
{
    /// <summary>All queries were answered, and there is no finding.</summary>
    Healthy,

    /// <summary>Warnings only.</summary>
    AtRisk,

    /// <summary>A critical finding.</summary>
    Broken,

    /// <summary>A query got no usable answer. This shows nothing about the token.</summary>
    Unknown,
}
