namespace SafeCast.TokenMonitor.Cli;

/// <summary>What the process tells whoever started it.</summary>
internal static class ExitStatus
{
    public const int Healthy = 0;
    public const int BrokenOrAtRisk = 1;
    public const int Unknown = 2;
    public const int WrongConfiguration = 3;
    public const int NotificationFailed = 4;
    public const int NotStored = 5;

    /// <summary>By Ctrl+C, as shells say it.</summary>
    public const int Stopped = 130;

    public const string Help =
        "Exit status: 0 healthy, 1 broken or at risk, 2 could not find out, 3 wrong use or configuration, 4 somebody could not be told.";
}
