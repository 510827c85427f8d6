namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>A call to the webhook.</summary>
public sealed class TeamsCall : RecordedCall
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Whether the URL was the webhook's, to the letter.</summary>
    public required bool HasExactUrl { get; init; }
}
