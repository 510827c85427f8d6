using SafeCast.TokenMonitor.Incidents;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>The result of processing one token's incidents.</summary>
/// <param name="State">The new state.</param>
/// <param name="Reasons">The reasons why alerts were sent or not.</param>
/// <param name="Deliveries">The messages that were sent, with their outcomes.</param>
/// <param name="Unread">The reason why the state could not be read; null: it was read.</param>
/// <param name="Unwritten">The reason why the state could not be written; null: it was written or did not change.</param>
public sealed record IncidentResult(
    TokenState State,
    IReadOnlyList<NotificationReason> Reasons,
    IReadOnlyList<Delivery> Deliveries,
    string? Unread,
    string? Unwritten);
