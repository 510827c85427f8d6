namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>Why an entity keeps messages from being sent, and Meta's own advice.</summary>
/// <param name="Code">Meta's number for it.</param>
/// <param name="Description">What is wrong.</param>
/// <param name="PossibleSolution">What Meta suggests.</param>
public sealed record HealthError(int Code, string Description, string PossibleSolution);
