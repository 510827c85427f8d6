namespace SafeCast.TokenMonitor.Setup;

/// <summary>What became of one step of the set-up.</summary>
public enum StepOutcome
{
    /// <summary>It was looked for, and is as it should be.</summary>
    Passed,

    /// <summary>It is not as it should be.</summary>
    Failed,

    /// <summary>It could not be looked for. Says nothing about it.</summary>
    Unknown,
}
