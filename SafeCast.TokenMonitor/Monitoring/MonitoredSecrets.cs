namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>The secrets whose new versions trigger a check: tokens, app secrets, and the channels' keys.</summary>
/// <param name="Names">The names of the secrets. Key Vault ignores their case.</param>
/// <param name="VaultName">The vault that contains them, such as <c>contoso-whatsapp</c>; null: any vault.</param>
public sealed record MonitoredSecrets(IReadOnlySet<string> Names, string? VaultName);
