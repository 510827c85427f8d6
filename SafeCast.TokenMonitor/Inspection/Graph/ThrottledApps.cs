using System.Collections.Concurrent;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>
/// The apps that Graph throttled during one check. After error 4, the app is not used again until the next check, because more calls extend
/// the wait.
/// </summary>
public sealed class ThrottledApps
{
    private readonly ConcurrentDictionary<string, bool> _apps = new(StringComparer.Ordinal);

    internal bool Contains(string app) => _apps.ContainsKey(app);

    internal void Add(string app) => _apps[app] = true;
}
