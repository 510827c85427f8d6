namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>A call to the webhook.</summary>
public sealed class TeamsCall : RecordedCall
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The URL was exactly the URL of the webhook.</summary>
    public required bool HasExactUrl { get; init; }
}
