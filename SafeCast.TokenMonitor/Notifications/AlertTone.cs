namespace SafeCast.TokenMonitor.Notifications;

/// <summary>The color of a message. It always accompanies a word.</summary>
public enum AlertTone
{
    /// <summary>A critical problem.</summary>
    Critical,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>A resolved problem.</summary>
    Good,

    /// <summary>Neutral.</summary>
    Neutral,
}
