namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A business portfolio, which owns accounts and system users.</summary>
public sealed class Portfolio
{
    /// <summary>The portfolio's id.</summary>
    public required string Id { get; init; }

    /// <summary>The portfolio's name.</summary>
    public required string Name { get; set; }
}
