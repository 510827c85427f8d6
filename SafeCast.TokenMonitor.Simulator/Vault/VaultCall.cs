namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>A call to the vault. The first of every client comes without a token, to be told where to get one.</summary>
public sealed class VaultCall : RecordedCall
{
    /// <summary>What it asked for.</summary>
    public required VaultOperation Operation { get; init; }

    /// <summary>The secret's name.</summary>
    public required string? Name { get; init; }

    /// <summary>The secret's version, where one was asked for.</summary>
    public required string? Version { get; init; }

    /// <summary>Whether it came with a token.</summary>
    public required bool HasToken { get; init; }
}
