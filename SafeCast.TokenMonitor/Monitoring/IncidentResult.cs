using SafeCast.TokenMonitor.Incidents;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>What came of keeping one token's incidents.</summary>
/// <param name="State">What is remembered now.</param>
/// <param name="Reasons">Why people were told something, or were not.</param>
/// <param name="Deliveries">What was sent, and what came of it.</param>
/// <param name="Unread">Why what was remembered could not be read; null: it could.</param>
/// <param name="Unwritten">Why what is to be remembered could not be written; null: it could, or did not change.</param>
public sealed record IncidentResult(
    TokenState State,
    IReadOnlyList<NotificationReason> Reasons,
    IReadOnlyList<Delivery> Deliveries,
    string? Unread,
    string? Unwritten);
