namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>One of the things that sending hangs on.</summary>
/// <param name="EntityType"><c>PHONE_NUMBER</c>, <c>WABA</c>, <c>BUSINESS</c> or <c>APP</c>.</param>
/// <param name="CanSendMessage"><c>AVAILABLE</c>, <c>LIMITED</c> or <c>BLOCKED</c>.</param>
public sealed record HealthEntity(string EntityType, string CanSendMessage)
{
    /// <summary>What Meta adds where sending is limited.</summary>
    public IReadOnlyList<string> AdditionalInfo { get; init; } = [];

    /// <summary>Why sending is blocked.</summary>
    public IReadOnlyList<HealthError> Errors { get; init; } = [];
}
