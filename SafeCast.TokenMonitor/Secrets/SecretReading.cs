namespace SafeCast.TokenMonitor.Secrets;

/// <summary>What came of reading one secret. A value of this type, never an exception.</summary>
public abstract record SecretReading
{
    private SecretReading()
    {
    }

    /// <summary>The store holds a value.</summary>
    public sealed record Found(Secret Value, SecretAttributes Attributes) : SecretReading;

    /// <summary>The store holds a value that cannot be what it should be. It is not sent anywhere.</summary>
    /// <param name="Fault">What is wrong with it.</param>
    /// <param name="Attributes">What the store says about the value.</param>
    public sealed record Malformed(SecretFault Fault, SecretAttributes Attributes) : SecretReading;

    /// <summary>The store says that it has no such secret.</summary>
    public sealed record Missing : SecretReading;

    /// <summary>The store has the secret, and somebody disabled it.</summary>
    public sealed record Disabled : SecretReading;

    /// <summary>The store refuses the monitor: its identity, or the address that it asks from. Says nothing about the secret.</summary>
    public sealed record Refused(string Reason) : SecretReading
    {
        /// <summary>It is the address: no role and no other identity would help.</summary>
        public bool IsAboutAddress { get; init; }
    }

    /// <summary>The store, or the identity that opens it, did not answer. Says nothing about the secret.</summary>
    public sealed record Unreachable(string Reason) : SecretReading;
}
