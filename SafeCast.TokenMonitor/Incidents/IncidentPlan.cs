namespace SafeCast.TokenMonitor.Incidents;

/// <summary>The next state, and the reasons for it.</summary>
/// <param name="Next">The state to store before anything is sent. The notifications to send are in its <see cref="TokenState.PendingNotifications"/>.</param>
/// <param name="Reasons">The reasons why alerts are sent or not.</param>
public sealed record IncidentPlan(TokenState Next, IReadOnlyList<NotificationReason> Reasons);
