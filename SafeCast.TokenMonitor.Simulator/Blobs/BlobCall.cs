namespace SafeCast.TokenMonitor.Simulator.Blobs;

/// <summary>A call to blob storage.</summary>
public sealed class BlobCall : RecordedCall
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The container's name.</summary>
    public required string? Container { get; init; }

    /// <summary>The blob's name; null when the call is about the container.</summary>
    public required string? Blob { get; init; }
}
