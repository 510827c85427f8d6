namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>What an event of a vault's means for the monitor.</summary>
public abstract record NewVersionSignal
{
    private NewVersionSignal()
    {
    }

    /// <summary>A watched secret has a new version.</summary>
    /// <param name="SecretName">Which.</param>
    /// <param name="At">Since when, by the vault's clock.</param>
    public sealed record Check(string SecretName, DateTimeOffset At) : NewVersionSignal;

    /// <summary>It is of no concern.</summary>
    /// <param name="Reason">Why, without a word of what it holds.</param>
    /// <param name="IsOdd">It should not have come here at all.</param>
    public sealed record Ignore(string Reason, bool IsOdd) : NewVersionSignal;
}
