namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>Makes a client for one inspection, over the connections that all of them share.</summary>
internal sealed class GraphClientFactory(IHttpClientFactory http, GraphEndpoint endpoint, TimeProvider time)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClientName = "Graph";

    public GraphClient Create() => new(http.CreateClient(HttpClientName), endpoint, time);
}
