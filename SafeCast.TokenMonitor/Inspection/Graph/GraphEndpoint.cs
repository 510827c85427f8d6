namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>The address and version of Graph.</summary>
/// <param name="BaseUrl">Such as <c>https://graph.facebook.com</c>; may have a path.</param>
/// <param name="Version">Such as <c>v26.0</c>.</param>
public sealed record GraphEndpoint(Uri BaseUrl, string Version);
