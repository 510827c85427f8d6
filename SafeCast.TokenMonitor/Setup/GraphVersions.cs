namespace SafeCast.TokenMonitor.Setup;

/// <summary>Expiry dates of Graph versions, as announced by Meta. Requests to an expired version do not fail: the oldest available version answers.</summary>
internal static class GraphVersions
{
    private static readonly Dictionary<string, DateTimeOffset> Ends = new()
    {
        ["v25.0"] = new DateTimeOffset(2028, 7, 29, 0, 0, 0, TimeSpan.Zero),
    };

    /// <summary>Gets the expiry of a version; null: unknown.</summary>
    public static DateTimeOffset? EndOf(string version) => Ends.TryGetValue(version, out var end) ? end : null;
}
