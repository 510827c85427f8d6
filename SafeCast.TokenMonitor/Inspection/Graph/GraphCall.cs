namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>One call to Graph, retries included.</summary>
/// <param name="Operation">What was asked.</param>
/// <param name="Failure">What the error was about; null when Graph answered.</param>
/// <param name="Attempts">How often it was asked; 0 when it was not, because the app is throttled or time was up.</param>
/// <param name="Duration">How long it took in all.</param>
public sealed record GraphCall(GraphOperation Operation, GraphErrorClass? Failure, int Attempts, TimeSpan Duration);
