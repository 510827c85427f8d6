namespace SafeCast.TokenMonitor.Simulator;

/// <summary>How a <see cref="Simulation"/> listens and what time it believes it is.</summary>
public sealed record SimulationOptions
{
    /// <summary>Port of the http listener; 0 takes any free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>Port of the https listener; 0 takes any free one.</summary>
    public int HttpsPort { get; init; }

    /// <summary>The clock by which tokens expire and records are dated. Scripted delays run on real time all the same.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
