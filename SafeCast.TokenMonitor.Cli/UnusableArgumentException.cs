namespace SafeCast.TokenMonitor.Cli;

/// <summary>What was given on the command line cannot be used; the message says why, for that person, without repeating it.</summary>
internal sealed class UnusableArgumentException(string message) : Exception(message);
