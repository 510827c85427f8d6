namespace SafeCast.TokenMonitor.Cli;

/// <summary>A file cannot be used. The message tells the user why.</summary>
internal sealed class UnusableFileException(string message) : Exception(message);
