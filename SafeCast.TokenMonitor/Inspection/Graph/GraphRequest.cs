using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>One question to Graph. Prints without its query, which may hold the inspected token.</summary>
internal sealed class GraphRequest(GraphOperation operation, string path, GraphCredential credential, IReadOnlyList<Secret> known)
{
    public GraphOperation Operation => operation;

    /// <summary>Behind the version: <c>/debug_token</c>.</summary>
    public string Path => path;

    public GraphCredential Credential => credential;

    /// <summary>Secrets that Graph might quote in its answer.</summary>
    public IReadOnlyList<Secret> Known => known;

    public IReadOnlyList<(string Name, string Value)> Query { get; init; } = [];

    public override string ToString() => $"GET {path}";
}
