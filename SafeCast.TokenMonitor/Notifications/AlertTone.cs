namespace SafeCast.TokenMonitor.Notifications;

/// <summary>The colour of a message. It goes with a word and never stands for one.</summary>
public enum AlertTone
{
    /// <summary>Something is broken, or soon will be.</summary>
    Critical,

    /// <summary>Something is not as it should be.</summary>
    Warning,

    /// <summary>Something is well again.</summary>
    Good,

    /// <summary>Neither good nor bad.</summary>
    Neutral,
}
