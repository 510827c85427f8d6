namespace SafeCast.TokenMonitor.Assessment;

/// <summary>The severity of a finding, in ascending order.</summary>
public enum Severity
{
    /// <summary>Messages are sent, but something will fail or is less secure than intended.</summary>
    Warning,

    /// <summary>Messages fail, now or soon.</summary>
    Critical,
}
