namespace SafeCast.TokenMonitor.Assessment;

/// <summary>How bad a finding is. Ordered: the worst is the greatest.</summary>
public enum Severity
{
    /// <summary>Messages get through; something will break, or is less safe than it was set up to be.</summary>
    Warning,

    /// <summary>Messages fail, now or soon.</summary>
    Critical,
}
