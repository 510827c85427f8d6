using System.Collections.Concurrent;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>
/// The apps that Graph throttled during one check. After code 4 nothing more is asked with that app until the next check,
/// because more calls lengthen the wait (graph-facts).
/// </summary>
public sealed class ThrottledApps
{
    private readonly ConcurrentDictionary<string, bool> _apps = new(StringComparer.Ordinal);

    internal bool Contains(string app) => _apps.ContainsKey(app);

    internal void Add(string app) => _apps[app] = true;
}
