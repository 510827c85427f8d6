namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>The exception that is thrown when a store cannot be read or written. The message names the store and the reason.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception with the reason as its message.</summary>
    public StoreUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
