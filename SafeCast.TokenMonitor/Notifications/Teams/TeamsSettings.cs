namespace SafeCast.TokenMonitor.Notifications.Teams;

/// <summary>The settings of Teams.</summary>
/// <param name="WebhookUrlSecretName">The name of the secret that contains the URL of a Workflows webhook.</param>
public sealed record TeamsSettings(string WebhookUrlSecretName);
