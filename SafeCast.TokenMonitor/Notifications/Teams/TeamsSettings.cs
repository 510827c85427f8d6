namespace SafeCast.TokenMonitor.Notifications.Teams;

/// <summary>How to post to Teams.</summary>
/// <param name="WebhookUrlSecretName">The secret that holds the URL of a Workflows webhook.</param>
public sealed record TeamsSettings(string WebhookUrlSecretName);
