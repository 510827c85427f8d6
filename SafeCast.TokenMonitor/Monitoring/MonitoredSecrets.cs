namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>The secrets whose new versions are worth a check: tokens, app secrets, and the channels' keys.</summary>
/// <param name="Names">Their names, which Key Vault takes in any case.</param>
/// <param name="VaultName">The vault that holds them, such as <c>contoso-whatsapp</c>; null: any.</param>
public sealed record MonitoredSecrets(IReadOnlySet<string> Names, string? VaultName);
