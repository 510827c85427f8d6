namespace SafeCast.TokenMonitor.Cli;

/// <summary>An argument cannot be used. The message tells the user why, without repeating the argument.</summary>
internal sealed class UnusableArgumentException(string message) : Exception(message);
