namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>A call to the managed-identity endpoint.</summary>
public sealed class ManagedIdentityCall : RecordedCall
{
    /// <summary>The resource of the access token.</summary>
    public required string? Resource { get; init; }

    /// <summary>The client id of the identity; null: the system-assigned identity.</summary>
    public required string? ClientId { get; init; }

    /// <summary>The call had the correct <c>X-IDENTITY-HEADER</c>.</summary>
    public required bool HasHeader { get; init; }
}
