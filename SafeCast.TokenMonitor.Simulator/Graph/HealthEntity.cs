namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>An entity that is involved in sending.</summary>
/// <param name="EntityType"><c>PHONE_NUMBER</c>, <c>WABA</c>, <c>BUSINESS</c> or <c>APP</c>.</param>
/// <param name="CanSendMessage"><c>AVAILABLE</c>, <c>LIMITED</c> or <c>BLOCKED</c>.</param>
public sealed record HealthEntity(string EntityType, string CanSendMessage)
{
    /// <summary>The additional information of Meta about limited sending.</summary>
    public IReadOnlyList<string> AdditionalInfo { get; init; } = [];

    /// <summary>The errors.</summary>
    public IReadOnlyList<HealthError> Errors { get; init; } = [];
}
