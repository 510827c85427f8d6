namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>The roles at the vault.</summary>
public enum VaultRole
{
    /// <summary>No role, or a new role that does not work yet.</summary>
    None,

    /// <summary>Key Vault Secrets User: to read.</summary>
    SecretsUser,

    /// <summary>Key Vault Secrets Officer: to read and write.</summary>
    SecretsOfficer,
}
