namespace SafeCast.TokenMonitor.Notifications.Email;

/// <summary>The settings of e-mail through SendGrid.</summary>
/// <param name="From">A sender that is verified in SendGrid.</param>
/// <param name="To">The recipients, each once.</param>
/// <param name="ApiKeySecretName">The name of the secret that contains the API key.</param>
/// <param name="BaseUrl">The address of SendGrid: the global or the EU address.</param>
/// <param name="ReplyTo">The address for replies; null: the sender.</param>
public sealed record EmailSettings(string From, IReadOnlyList<string> To, string ApiKeySecretName, Uri BaseUrl, string? ReplyTo = null);
