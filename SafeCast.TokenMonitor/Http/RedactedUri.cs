namespace SafeCast.TokenMonitor.Http;

/// <summary>
/// A request whose address holds a secret. It goes through <see cref="HttpClient"/> under an address without it, because
/// <c>System.Net.Http</c>'s own events name the address of every request, cutting its query off only as long as nobody has set
/// <c>System.Net.Http.DisableUriRedaction</c>. <see cref="Handler"/> puts the real one in its place, behind them.
/// </summary>
internal static class RedactedUri
{
    private static readonly HttpRequestOptionsKey<Uri> Real = new("SafeCast.TokenMonitor.RedactedUri");

    /// <summary>A request to <paramref name="address"/> that shows as one to <paramref name="shown"/>, which is at the same host.</summary>
    public static HttpRequestMessage Request(HttpMethod method, Uri address, Uri shown)
    {
        var request = new HttpRequestMessage(method, shown);
        request.Options.Set(Real, address);
        return request;
    }

    /// <summary>Sends a request to its real address.</summary>
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
