namespace SafeCast.TokenMonitor.Incidents;

/// <summary>What is to be remembered, and why.</summary>
/// <param name="Next">To be remembered before anything is sent; what is to be sent stands in its <see cref="TokenState.PendingNotifications"/>.</param>
/// <param name="Reasons">Why people are told something, or are not.</param>
public sealed record IncidentPlan(TokenState Next, IReadOnlyList<NotificationReason> Reasons);
