namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A call to Graph. Tokens are told by app and user, never by their text.</summary>
public sealed class GraphCall : RecordedCall
{
    /// <summary>What it asked for.</summary>
    public required GraphOperation Operation { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The version in the path, as <c>v26.0</c>; null where there was none.</summary>
    public required string? Version { get; init; }

    /// <summary>The object's id, where there is one in the path.</summary>
    public required string? ObjectId { get; init; }

    /// <summary>The fields asked for.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>With what it came.</summary>
    public required CredentialKind Credential { get; init; }

    /// <summary>Whether the credential stood in the URL, where others can read it.</summary>
    public required bool CredentialInUrl { get; init; }

    /// <summary>The app of the credential, if it is known.</summary>
    public required string? AppId { get; init; }

    /// <summary>The user of the credential, if it is a known token.</summary>
    public required string? UserId { get; init; }

    /// <summary>The user of the inspected token, if it is a known one.</summary>
    public required string? InspectedUserId { get; init; }

    /// <summary>Whether an <c>appsecret_proof</c> came along.</summary>
    public required bool HasProof { get; init; }
}
