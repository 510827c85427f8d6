using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection;

/// <summary>How the app id and app secret fared that inspect a token.</summary>
public abstract record AppCredentialStatus
{
    private AppCredentialStatus()
    {
    }

    /// <summary>There is none: the token can only be asked about itself.</summary>
    public sealed record NotConfigured : AppCredentialStatus;

    /// <summary>The app's secret could not be had from the store.</summary>
    public sealed record NotRead(SecretReading Reading) : AppCredentialStatus;

    /// <summary>Graph took it.</summary>
    public sealed record Accepted : AppCredentialStatus;

    /// <summary>Graph refused it, which says nothing about the token.</summary>
    public sealed record Rejected(GraphError Error) : AppCredentialStatus;

    /// <summary>Graph gave no answer from which to tell.</summary>
    public sealed record NotAnswered(GraphError Error) : AppCredentialStatus;
}
