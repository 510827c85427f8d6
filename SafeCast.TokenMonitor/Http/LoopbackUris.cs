namespace SafeCast.TokenMonitor.Http;

/// <summary>Detects loopback addresses, which the simulators use.</summary>
internal static class LoopbackUris
{
    /// <summary>Whether the host is a loopback address or a name below <c>localhost</c> (RFC 6761).</summary>
    public static bool IsLoopbackHost(this Uri url) => url.IsLoopback || url.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
