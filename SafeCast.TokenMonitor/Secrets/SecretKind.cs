namespace SafeCast.TokenMonitor.Secrets;

/// <summary>The kinds of secrets. Each has its own validation.</summary>
public enum SecretKind
{
    /// <summary>A WhatsApp system-user access token.</summary>
    AccessToken,

    /// <summary>The secret of a Meta app.</summary>
    AppSecret,

    /// <summary>A SendGrid API key.</summary>
    ApiKey,

    /// <summary>A Teams Workflows webhook URL.</summary>
    WebhookUrl,
}
