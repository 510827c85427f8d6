namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>Somebody who had to be told was not, or could not be if it came to it. The message says on which channel, and why.</summary>
public sealed class NotificationFailedException : Exception
{
    /// <summary>For these reasons.</summary>
    public NotificationFailedException(IEnumerable<string> reasons)
        : base("Somebody could not be told. " + string.Join(" ", reasons))
    {
    }
}
