namespace SafeCast.TokenMonitor.FunctionsHost;

/// <summary>The worker process ended before the host ended it.</summary>
public sealed class WorkerExitedException(int status, string standardError, string output) : Exception($"The worker exited with status {status}:\n{output}")
{
    /// <summary>The exit status of the process.</summary>
    public int Status { get; } = status;

    /// <summary>What the process wrote to standard error.</summary>
    public string StandardError { get; } = standardError;

    /// <summary>What the process wrote to standard output and standard error.</summary>
    public string Output { get; } = output;
}
