namespace SafeCast.TokenMonitor.FunctionsHost;

/// <summary>The result of one invocation, as the worker reports it to the host.</summary>
/// <param name="Succeeded">Whether the function returned without an exception.</param>
/// <param name="Error">The type and message of the exception; null: none.</param>
public sealed record InvocationResult(bool Succeeded, string? Error);
