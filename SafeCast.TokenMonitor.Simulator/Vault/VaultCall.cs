namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>A call to the vault. The first call of each client has no access token and gets a challenge.</summary>
public sealed class VaultCall : RecordedCall
{
    /// <summary>The operation.</summary>
    public required VaultOperation Operation { get; init; }

    /// <summary>The secret's name.</summary>
    public required string? Name { get; init; }

    /// <summary>The secret's version, where one was asked for.</summary>
    public required string? Version { get; init; }

    /// <summary>The call had an access token.</summary>
    public required bool HasToken { get; init; }
}
