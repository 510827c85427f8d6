namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>The operation of a call.</summary>
public enum VaultOperation
{
    /// <summary>An operation that the simulator does not know.</summary>
    Unknown,

    /// <summary>To read a secret.</summary>
    GetSecret,

    /// <summary>To write a new version of a secret.</summary>
    SetSecret,
}
