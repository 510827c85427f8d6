namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>A call to Graph, including retries.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Failure">The class of the error; null: Graph answered.</param>
/// <param name="Attempts">The number of attempts; 0 if the app was throttled or the time was up before the first one.</param>
/// <param name="Duration">The total duration.</param>
public sealed record GraphCall(GraphOperation Operation, GraphErrorClass? Failure, int Attempts, TimeSpan Duration);
