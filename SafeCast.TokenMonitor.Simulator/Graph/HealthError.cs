namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>The reason why an entity prevents sending, and the fix that Meta names.</summary>
/// <param name="Code">Meta's number for it.</param>
/// <param name="Description">What is wrong.</param>
/// <param name="PossibleSolution">What Meta suggests.</param>
public sealed record HealthError(int Code, string Description, string PossibleSolution);
