namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>A store could not be read or written; the message says which and why.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>For this reason.</summary>
    public StoreUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
