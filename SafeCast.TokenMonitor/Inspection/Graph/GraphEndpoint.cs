namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>Where Graph is, and which version of it is asked.</summary>
/// <param name="BaseUrl">Such as <c>https://graph.facebook.com</c>; may have a path.</param>
/// <param name="Version">Such as <c>v26.0</c>.</param>
public sealed record GraphEndpoint(Uri BaseUrl, string Version);
