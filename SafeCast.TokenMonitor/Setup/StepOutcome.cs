namespace SafeCast.TokenMonitor.Setup;

/// <summary>The outcome of a step.</summary>
public enum StepOutcome
{
    /// <summary>It was checked, and the condition is met.</summary>
    Passed,

    /// <summary>The condition is not met.</summary>
    Failed,

    /// <summary>It could not be checked.</summary>
    Unknown,
}
