namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A call to Graph. Tokens are identified by app and user, never by their value.</summary>
public sealed class GraphCall : RecordedCall
{
    /// <summary>The operation.</summary>
    public required GraphOperation Operation { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The version in the path, such as <c>v26.0</c>; null: none.</summary>
    public required string? Version { get; init; }

    /// <summary>The object's id, where there is one in the path.</summary>
    public required string? ObjectId { get; init; }

    /// <summary>The requested fields.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The credential.</summary>
    public required CredentialKind Credential { get; init; }

    /// <summary>The credential was in the URL.</summary>
    public required bool CredentialInUrl { get; init; }

    /// <summary>The app of the credential, if it is known.</summary>
    public required string? AppId { get; init; }

    /// <summary>The user of the credential, if it is a known token.</summary>
    public required string? UserId { get; init; }

    /// <summary>The user of the inspected token, if it is known.</summary>
    public required string? InspectedUserId { get; init; }

    /// <summary>The call had an <c>appsecret_proof</c>.</summary>
    public required bool HasProof { get; init; }
}
