namespace SafeCast.TokenMonitor.Http;

/// <summary>Addresses that never leave this machine, where stand-ins listen.</summary>
internal static class LocalUris
{
    /// <summary>A loopback address, or a name under <c>localhost</c>, which RFC 6761 keeps on this machine.</summary>
    public static bool IsThisMachine(this Uri url) => url.IsLoopback || url.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
