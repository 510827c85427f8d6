namespace SafeCast.TokenMonitor.Secrets;

/// <summary>What a secret is meant to be, which decides what it may look like.</summary>
public enum SecretKind
{
    /// <summary>A WhatsApp system-user access token.</summary>
    AccessToken,

    /// <summary>A Meta app's secret.</summary>
    AppSecret,

    /// <summary>A SendGrid API key.</summary>
    ApiKey,

    /// <summary>A Teams Workflows webhook URL.</summary>
    WebhookUrl,
}
