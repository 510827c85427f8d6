namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>What the caller's role in the vault allows.</summary>
public enum VaultRole
{
    /// <summary>Nothing: no role yet, or it has not spread yet.</summary>
    None,

    /// <summary>Key Vault Secrets User: to read.</summary>
    SecretsUser,

    /// <summary>Key Vault Secrets Officer: to read and write.</summary>
    SecretsOfficer,
}
