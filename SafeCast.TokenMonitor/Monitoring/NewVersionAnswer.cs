namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>What came of an event that a vault sent.</summary>
public abstract record NewVersionAnswer
{
    private NewVersionAnswer()
    {
    }

    /// <summary>All tokens were checked.</summary>
    public sealed record Checked(CheckReport Report) : NewVersionAnswer;

    /// <summary>No check was needed, for this reason.</summary>
    public sealed record Ignored(string Reason) : NewVersionAnswer;
}
