using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection;

/// <summary>The status of the app ID and app secret that inspect a token.</summary>
public abstract record AppCredentialStatus
{
    private AppCredentialStatus()
    {
    }

    /// <summary>Not configured: the token can only be queried about itself.</summary>
    public sealed record NotConfigured : AppCredentialStatus;

    /// <summary>The app secret could not be read.</summary>
    public sealed record NotRead(SecretReading Reading) : AppCredentialStatus;

    /// <summary>Graph accepted it.</summary>
    public sealed record Accepted : AppCredentialStatus;

    /// <summary>Graph rejected it. This shows nothing about the token.</summary>
    public sealed record Rejected(GraphError Error) : AppCredentialStatus;

    /// <summary>Graph gave no usable answer.</summary>
    public sealed record NotAnswered(GraphError Error) : AppCredentialStatus;
}
