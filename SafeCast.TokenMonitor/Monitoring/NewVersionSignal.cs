namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>The meaning of a Key Vault event for the monitor.</summary>
public abstract record NewVersionSignal
{
    private NewVersionSignal()
    {
    }

    /// <summary>A monitored secret has a new version.</summary>
    /// <param name="SecretName">The name of the secret.</param>
    /// <param name="At">When the version was created, according to the vault's clock.</param>
    public sealed record Check(string SecretName, DateTimeOffset At) : NewVersionSignal;

    /// <summary>The event requires no check.</summary>
    /// <param name="Reason">The reason, which quotes nothing from the event.</param>
    /// <param name="IsOdd">The message should not have been sent to this queue.</param>
    public sealed record Ignore(string Reason, bool IsOdd) : NewVersionSignal;
}
