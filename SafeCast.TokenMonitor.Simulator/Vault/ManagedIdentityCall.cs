namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>A call to the managed-identity endpoint.</summary>
public sealed class ManagedIdentityCall : RecordedCall
{
    /// <summary>For what a token was asked.</summary>
    public required string? Resource { get; init; }

    /// <summary>For which identity; null: the app's own.</summary>
    public required string? ClientId { get; init; }

    /// <summary>Whether it came with the right <c>X-IDENTITY-HEADER</c>.</summary>
    public required bool HasHeader { get; init; }
}
