using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>A request to Graph. Its string form omits the query, which may contain the inspected token.</summary>
internal sealed class GraphRequest(GraphOperation operation, string path, GraphCredential credential, IReadOnlyList<Secret> known)
{
    public GraphOperation Operation => operation;

    /// <summary>The path after the version, such as <c>/debug_token</c>.</summary>
    public string Path => path;

    public GraphCredential Credential => credential;

    /// <summary>The secrets that Graph may quote in its answer.</summary>
    public IReadOnlyList<Secret> Known => known;

    public IReadOnlyList<(string Name, string Value)> Query { get; init; } = [];

    public override string ToString() => $"GET {path}";
}
