using System.Net;
using System.Net.Http.Headers;
using System.Threading.RateLimiting;
using SafeCast.TokenMonitor.Http;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Notifications.Teams;

/// <summary>Posts to a Teams channel or chat through a Workflows webhook.</summary>
internal sealed class TeamsChannel(TeamsSettings settings, ISecretStore secrets, IHttpClientFactory http, TimeProvider time) : INotificationChannel
{
    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClientName = "Teams";

    /// <summary>The display name of the channel.</summary>
    public const string ChannelName = "Teams";

    // The URL is a credential with a signature of its exact characters, so it is not normalized.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly ChannelSecret _url = new(secrets, settings.WebhookUrlSecretName, SecretKind.WebhookUrl, "The Teams webhook URL");

    public string Name => ChannelName;

    /// <summary>Limits cards to four per second, because Teams answers 429 to more. Many tokens may fail at the same time.</summary>
    public static RateLimiter CreatePace() => new SlidingWindowRateLimiter(new SlidingWindowRateLimiterOptions
    {
        PermitLimit = 4,
        Window = TimeSpan.FromSeconds(1),
        SegmentsPerWindow = 4,
        QueueLimit = int.MaxValue,
    });

    public Task<string?> FindFaultAsync(CancellationToken cancellationToken) => _url.FindFaultAsync(cancellationToken);

    public async Task<DeliveryOutcome> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        var (url, failure, _) = await _url.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (url is null)
        {
            return new DeliveryOutcome.Failed(failure!);
        }

        return await DeliveryAttempt.RunAsync("The Teams workflow", url, time, token => SendAsync(message, url, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<DeliveryOutcome> SendAsync(AlertMessage message, Secret url, CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(HttpClientName);
        using var content = new ByteArrayContent(TeamsCard.ToBytes(TeamsCard.Render(message)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var address = new Uri(url.Reveal(), Verbatim);
        using var request = RedactedUri.Request(HttpMethod.Post, address, new Uri(address.GetLeftPart(UriPartial.Authority)));
        request.Content = content;
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
        {
            return new DeliveryOutcome.Failed(Reason((int)response.StatusCode));
        }

        return DeliveryAttempt.IsEmptyOrJson(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false))
            ? new DeliveryOutcome.Accepted(Reference: null)
            : new DeliveryOutcome.Failed(
                $"Another server answered in place of the Teams workflow ({(int)response.StatusCode}, and the body is not JSON): check the URL, and the proxy of the network.");
    }

    private static string Reason(int status) => status switch
    {
        401 or 403 => $"The Teams workflow requires a signed-in user ({status}): set \"Who can trigger the flow\" to \"Anyone\", and store the new URL.",
        404 or 410 => $"The Teams workflow does not exist ({status}): its owner left, or it was deleted. Create a new one with a co-owner, and store its URL.",
        413 => "The Teams workflow rejected the card because it is too large (413).",
        429 => "The Teams workflow received too many messages (429).",
        400 => "The Teams workflow rejected the message (400): check that it is turned on and begins with \"When a Teams webhook request is received\".",
        _ => $"The Teams workflow answered {status}.",
    };
}
