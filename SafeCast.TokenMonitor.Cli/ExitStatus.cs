namespace SafeCast.TokenMonitor.Cli;

/// <summary>The exit statuses of the process.</summary>
internal static class ExitStatus
{
    public const int Healthy = 0;
    public const int BrokenOrAtRisk = 1;
    public const int Unknown = 2;
    public const int WrongConfiguration = 3;
    public const int NotificationFailed = 4;
    public const int NotStored = 5;

    /// <summary>Cancelled with Ctrl+C: the status that shells use for SIGINT.</summary>
    public const int Stopped = 130;
}
