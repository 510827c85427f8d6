namespace SafeCast.TokenMonitor.Secrets;

/// <summary>What came of writing one secret. A value of this type, never an exception.</summary>
public abstract record SecretWriting
{
    private SecretWriting()
    {
    }

    /// <summary>The vault holds it as this version.</summary>
    public sealed record Written(string Version) : SecretWriting;

    /// <summary>The vault refused, and holds what it held. The reason says what to mend.</summary>
    public sealed record Refused(string Reason) : SecretWriting;

    /// <summary>There was no answer to rest on: whether the vault holds it is not known.</summary>
    public sealed record Unanswered(string Reason) : SecretWriting;
}
