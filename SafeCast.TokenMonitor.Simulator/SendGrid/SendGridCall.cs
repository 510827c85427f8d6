namespace SafeCast.TokenMonitor.Simulator.SendGrid;

/// <summary>A call to SendGrid.</summary>
public sealed class SendGridCall : RecordedCall
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path, from <c>/v3</c> on.</summary>
    public required string Path { get; init; }

    /// <summary>The call had a known key.</summary>
    public required bool HasKnownKey { get; init; }
}
