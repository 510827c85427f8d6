namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A user who may work with a business account.</summary>
/// <param name="User">Who.</param>
/// <param name="Tasks">What for: <c>MANAGE</c> is full control; <c>DEVELOP</c>, <c>VIEW_COST</c> and others are parts.</param>
public sealed record AssignedUser(SystemUser User, IReadOnlyList<string> Tasks);
