namespace SafeCast.TokenMonitor.Http;

/// <summary>
/// Creates requests whose address contains a secret. They pass through <see cref="HttpClient"/> with an address without the secret, because
/// the events of <c>System.Net.Http</c> contain the address of every request, and remove its query only if
/// <c>System.Net.Http.DisableUriRedaction</c> is not set. <see cref="Handler"/> restores the real address after these events.
/// </summary>
internal static class RedactedUri
{
    private static readonly HttpRequestOptionsKey<Uri> Real = new("SafeCast.TokenMonitor.RedactedUri");

    /// <summary>Creates a request to <paramref name="address"/> that appears in events as a request to <paramref name="shown"/> on the same host.</summary>
    public static HttpRequestMessage Request(HttpMethod method, Uri address, Uri shown)
    {
        var request = new HttpRequestMessage(method, shown);
        request.Options.Set(Real, address);
        return request;
    }

    /// <summary>Restores the real address of a request.</summary>
    internal sealed class Handler : DelegatingHandler
    {
        /// <inheritdoc/>
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.Options.TryGetValue(Real, out var address))
            {
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }

            var shown = request.RequestUri;
            request.RequestUri = address;
            try
            {
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                request.RequestUri = shown;
            }
        }
    }
}
