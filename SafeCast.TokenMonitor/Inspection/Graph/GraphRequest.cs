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

    /// <summary>The requested fields; empty: the default fields of Graph.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The names of the node types that have these fields; empty for lists. An error about another type is about the id.</summary>
    public IReadOnlyList<string> NodeTypes { get; init; } = [];

    /// <summary>The other parameters.</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters { get; init; } = [];

    /// <summary>All query parameters.</summary>
    public IEnumerable<(string Name, string Value)> Query => Fields.Count == 0 ? Parameters : [.. Parameters, ("fields", string.Join(',', Fields))];

    public GraphRequest WithFields(IReadOnlyList<string> fields) =>
        new(operation, path, credential, known) { Fields = fields, NodeTypes = NodeTypes, Parameters = Parameters };

    public GraphRequest WithParameter(string name, string value) =>
        new(operation, path, credential, known) { Fields = Fields, NodeTypes = NodeTypes, Parameters = [.. Parameters, (name, value)] };

    public override string ToString() => $"GET {path}";
}
