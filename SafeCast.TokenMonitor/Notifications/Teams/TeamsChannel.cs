using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
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
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            not (HttpStatusCode.OK or HttpStatusCode.Accepted) => new DeliveryOutcome.Failed(Reason(status, ErrorCode(body, url))),
            _ when body.AsSpan().IndexOf("Webhook message delivery failed"u8) >= 0 => new DeliveryOutcome.Failed(
                $"Teams did not accept the message ({status}, and the body says that the delivery failed): create a Teams workflow, and store its URL."),
            _ when !DeliveryAttempt.IsEmptyOrJson(body) => new DeliveryOutcome.Failed(
                $"Another server answered in place of the Teams workflow ({status}, and the body is not JSON): check the URL, and the proxy of the network."),
            _ => new DeliveryOutcome.Accepted(Reference: null),
        };
    }

    // The workflow's own code says more than the status: the same status stands for a URL that is cut and for a trigger that needs a user.
    private static string Reason(int status, string? code) => (status, code) switch
    {
        (_, "WorkflowTriggerIsNotEnabled") => $"The Teams workflow is turned off ({status} {code}): turn it on in Power Automate.",
        (_, "TriggerInputSchemaMismatch") =>
            $"The Teams workflow expects another message ({status} {code}): it must begin with \"When a Teams webhook request is received\". Create it from the template, and store its URL.",
        (_, "DirectApiAuthorizationRequired") =>
            $"The Teams workflow requires a signed-in user ({status} {code}): set \"Who can trigger the flow\" to \"Anyone\", and store the new URL.",
        (_, "AuthorizationFailed" or "InvalidSignature" or "SignatureMismatch") =>
            $"The Teams workflow does not accept the URL ({status} {code}): it was regenerated, or the stored URL is incomplete. Copy the whole URL from the workflow, and store it.",
        (502 or 503 or 504, _) => $"The Teams workflow gave no answer in time ({Both(status, code)}). The next check tries again.",
        (429, _) => $"The Teams workflow received too many messages ({Both(status, code)}). The next check tries again.",
        (401 or 403, _) =>
            $"The Teams workflow requires a signed-in user ({Both(status, code)}): set \"Who can trigger the flow\" to \"Anyone\", and store the new URL.",
        (404 or 410, _) =>
            $"The Teams workflow does not exist ({Both(status, code)}): its owner left, or it was deleted. Create a new one with a co-owner, and store its URL.",
        (413, _) => $"The Teams workflow rejected the card because it is too large ({Both(status, code)}).",
        (400, _) =>
            $"The Teams workflow rejected the message ({Both(status, code)}): check that it is turned on and begins with \"When a Teams webhook request is received\".",
        _ => $"The Teams workflow answered {Both(status, code)}.",
    };

    private static string Both(int status, string? code) => code is null ? $"{status}" : $"{status} {code}";

    // {"error":{"code":"WorkflowTriggerIsNotEnabled","message":"..."}}
    private static string? ErrorCode(byte[] body, Secret url)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("error", out var error) && error.TryGetProperty("code", out var code)
                && UntrustedText.Clean(code.GetString(), url) is { Length: > 0 and < 80 } text
                ? text
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
