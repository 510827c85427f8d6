namespace SafeCast.TokenMonitor.Cli;

/// <summary>A file that somebody named cannot be used; the message says why, for that person.</summary>
internal sealed class UnusableFileException(string message) : Exception(message);
