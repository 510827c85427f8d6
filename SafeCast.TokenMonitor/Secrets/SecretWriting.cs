namespace SafeCast.TokenMonitor.Secrets;

/// <summary>The result of writing a secret. Errors are results, not exceptions.</summary>
public abstract record SecretWriting
{
    private SecretWriting()
    {
    }

    /// <summary>The vault stored it as this version.</summary>
    public sealed record Written(string Version) : SecretWriting;

    /// <summary>The vault rejected it and is unchanged. The reason says how to fix it.</summary>
    public sealed record Refused(string Reason) : SecretWriting;

    /// <summary>There was no usable answer, so it is unknown whether the vault stored it.</summary>
    public sealed record Unanswered(string Reason) : SecretWriting;
}
