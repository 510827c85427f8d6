namespace SafeCast.TokenMonitor.Simulator;

/// <summary>The ports and the clock of a <see cref="Simulation"/>.</summary>
public sealed record SimulationOptions
{
    /// <summary>The port of the http listener; 0: any free port.</summary>
    public int HttpPort { get; init; }

    /// <summary>The port of the https listener; 0: any free port.</summary>
    public int HttpsPort { get; init; }

    /// <summary>The clock for expiries and records. Scripted delays use real time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
