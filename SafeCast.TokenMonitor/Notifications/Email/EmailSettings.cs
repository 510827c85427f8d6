namespace SafeCast.TokenMonitor.Notifications.Email;

/// <summary>How to send e-mail through SendGrid.</summary>
/// <param name="From">A sender that SendGrid has verified.</param>
/// <param name="To">The recipients, each once.</param>
/// <param name="ApiKeySecretName">The secret that holds the API key.</param>
/// <param name="BaseUrl">SendGrid's address: the global one, or the EU's.</param>
public sealed record EmailSettings(string From, IReadOnlyList<string> To, string ApiKeySecretName, Uri BaseUrl);
