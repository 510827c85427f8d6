namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>Creates a client for one inspection. All clients share their connections.</summary>
internal sealed class GraphClientFactory(IHttpClientFactory http, GraphEndpoint endpoint, RemovedFields removedFields, TimeProvider time)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClientName = "Graph";

    public GraphClient Create() => new(http.CreateClient(HttpClientName), endpoint, removedFields, time);
}
