namespace SafeCast.TokenMonitor.Secrets;

/// <summary>The result of reading a secret. Errors are results, not exceptions.</summary>
public abstract record SecretReading
{
    private SecretReading()
    {
    }

    /// <summary>The store contains a value.</summary>
    public sealed record Found(Secret Value, SecretAttributes Attributes) : SecretReading;

    /// <summary>The value is malformed. It is not sent anywhere.</summary>
    /// <param name="Fault">The reason.</param>
    /// <param name="Attributes">The attributes of the value.</param>
    public sealed record Malformed(SecretFault Fault, SecretAttributes Attributes) : SecretReading;

    /// <summary>The store has no such secret.</summary>
    public sealed record Missing : SecretReading;

    /// <summary>The secret is disabled.</summary>
    public sealed record Disabled : SecretReading;

    /// <summary>The store rejects the identity or the network address of the monitor. This shows nothing about the secret.</summary>
    public sealed record Refused(string Reason) : SecretReading
    {
        /// <summary>The identity lacks a role. If false, no role would help.</summary>
        public bool IsRoleMissing { get; init; }
    }

    /// <summary>The store or the identity endpoint did not answer. This shows nothing about the secret.</summary>
    public sealed record Unreachable(string Reason) : SecretReading;
}
