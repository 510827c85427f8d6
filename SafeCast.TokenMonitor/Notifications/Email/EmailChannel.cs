using System.Net;
using System.Text.Json;
using SafeCast.TokenMonitor.Secrets;
using SendGrid;

namespace SafeCast.TokenMonitor.Notifications.Email;

/// <summary>Sends e-mail through SendGrid.</summary>
internal sealed class EmailChannel(EmailSettings settings, ISecretStore secrets, IHttpClientFactory http, TimeProvider time) : INotificationChannel
{
    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClientName = "SendGrid";

    // A mail has a handful of fields. More errors than that would only make the reason long.
    private const int MaxErrors = 5;

    /// <summary>The display name of the channel.</summary>
    public const string ChannelName = "e-mail";

    private readonly ChannelSecret _apiKey = new(secrets, settings.ApiKeySecretName, SecretKind.ApiKey, "The SendGrid API key");

    public string Name => ChannelName;

    public Task<string?> FindFaultAsync(CancellationToken cancellationToken) => _apiKey.FindFaultAsync(cancellationToken);

    public async Task<DeliveryOutcome> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        var (key, failure, _) = await _apiKey.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (key is null)
        {
            return new DeliveryOutcome.Failed(failure!);
        }

        return await DeliveryAttempt.RunAsync("SendGrid", key, time, token => SendAsync(message, key, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<DeliveryOutcome> SendAsync(AlertMessage message, Secret key, CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(HttpClientName);
        var options = new SendGridClientOptions { ApiKey = key.Reveal(), Host = settings.BaseUrl.AbsoluteUri };
        var sendGrid = new SendGridClient(client, options);
        var response = await sendGrid.SendEmailAsync(EmailRenderer.Render(message, settings), cancellationToken).ConfigureAwait(false);
        var body = await response.Body.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.Accepted && DeliveryAttempt.IsEmptyOrJson(body))
        {
            return new DeliveryOutcome.Accepted(
                response.Headers.TryGetValues("X-Message-Id", out var ids) ? UntrustedText.Clean(ids.FirstOrDefault(), key) : null);
        }

        return new DeliveryOutcome.Failed(Reason(response.StatusCode, Errors(body, key)));
    }

    private static string Reason(HttpStatusCode status, string said) => (int)status switch
    {
        202 => "Another server answered in place of SendGrid (202, and the body is not JSON): check TokenMonitor__Email__BaseUrl, and the proxy of the network.",
        401 or 403 when IsAboutRegion(said) =>
            $"SendGrid rejected the API key ({(int)status}): the key belongs to another region. Set TokenMonitor__Email__BaseUrl to https://api.eu.sendgrid.com for a key of the EU region, and remove it for a global one.{said}",
        401 => $"SendGrid rejected the API key (401): it is wrong or was deleted, or the credits of the account are used up.{said}",
        403 => $"SendGrid rejected the mail (403): the API key lacks the permission Mail Send, or the sender is not verified.{said}",
        413 => $"SendGrid rejected the mail because it is too large (413).{said}",
        429 => $"The limit of SendGrid is reached (429): a trial account sends up to 100 mails a day and ends after 60 days.{said}",
        >= 200 and < 300 => $"SendGrid answered {(int)status} instead of 202, so the mail is not delivered. Check whether sandbox mode is on.{said}",
        var other => $"SendGrid answered {other}.{said}",
    };

    private static bool IsAboutRegion(string said) =>
        said.Contains("regional attribute", StringComparison.OrdinalIgnoreCase) || said.Contains("region mismatch", StringComparison.OrdinalIgnoreCase);

    // {"errors":[{"message":"...","field":"...","help":"..."}]}
    private static string Errors(byte[] body, Secret key)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (!document.RootElement.TryGetProperty("errors", out var errors) || errors.ValueKind is not JsonValueKind.Array)
            {
                return "";
            }

            string[] texts =
            [
                .. from error in errors.EnumerateArray().Take(MaxErrors)
                   where error.ValueKind is JsonValueKind.Object
                   let message = Text(error, "message", key)
                   where message is not null
                   select Text(error, "field", key) is { } field ? $"{field}: {message}" : message,
            ];
            return texts.Length == 0 ? "" : $" It says: {string.Join(" | ", texts)}";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    private static string? Text(JsonElement error, string name, Secret key) =>
        error.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.String
        && UntrustedText.Clean(value.GetString(), key) is { Length: > 0 } text
            ? text
            : null;
}
