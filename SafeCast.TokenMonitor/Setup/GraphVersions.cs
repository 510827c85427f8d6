namespace SafeCast.TokenMonitor.Setup;

/// <summary>Until when versions of Graph last, as far as Meta has said. A version that lapses does not fail: the next one answers for it.</summary>
internal static class GraphVersions
{
    private static readonly Dictionary<string, DateTimeOffset> Ends = new()
    {
        ["v25.0"] = new DateTimeOffset(2028, 7, 29, 0, 0, 0, TimeSpan.Zero),
    };

    /// <summary>When this version lapses; null: not known here.</summary>
    public static DateTimeOffset? EndOf(string version) => Ends.TryGetValue(version, out var end) ? end : null;
}
