namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>What a call asks for.</summary>
public enum VaultOperation
{
    /// <summary>Anything that the stand-in does not know.</summary>
    Unknown,

    /// <summary>To read a secret.</summary>
    GetSecret,

    /// <summary>To write a new version of a secret.</summary>
    SetSecret,
}
