namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>The result of handling a Key Vault event.</summary>
public abstract record NewVersionAnswer
{
    private NewVersionAnswer()
    {
    }

    /// <summary>All tokens were checked.</summary>
    public sealed record Checked(CheckReport Report) : NewVersionAnswer;

    /// <summary>No check was needed, for the given reason.</summary>
    public sealed record Ignored(string Reason) : NewVersionAnswer;
}
