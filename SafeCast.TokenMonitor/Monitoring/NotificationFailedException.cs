namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>
/// The exception that is thrown when an alert was not delivered, or could not be if one were due. The message states the channels and the
/// reasons.
/// </summary>
public sealed class NotificationFailedException : Exception
{
    /// <summary>Creates the exception with the given reasons.</summary>
    public NotificationFailedException(IEnumerable<string> reasons)
        : base("Alert delivery is impaired. " + string.Join(" ", reasons))
    {
    }
}
