using SendGrid.Helpers.Mail;

namespace SafeCast.TokenMonitor.Notifications.Email;

/// <summary>A message as a mail that SendGrid takes.</summary>
internal static class EmailRenderer
{
    public static SendGridMessage Render(AlertMessage message, EmailSettings settings)
    {
        var mail = new SendGridMessage
        {
            From = new EmailAddress(settings.From, "WhatsApp token monitor"),
            Subject = message.Subject,
            Personalizations = [new Personalization { Tos = [.. settings.To.Select(address => new EmailAddress(address))] }],

            // Text before HTML, or SendGrid refuses it.
            Contents =
            [
                new Content("text/plain", EmailText.Render(message)),
                new Content("text/html", EmailHtml.Render(message)),
            ],
            Categories = ["token-monitor"],
        };
        if (message.TokenName is { } token)
        {
            mail.AddCustomArg("token", token);
        }

        if (message.IncidentId is { } incident)
        {
            mail.AddCustomArg("incident", incident);
        }

        // Links that a tracker rewrote look like phishing in a mail about security.
        mail.SetClickTracking(enable: false, enableText: false);
        mail.SetOpenTracking(enable: false);
        mail.SetSubscriptionTracking(enable: false);
        mail.SetGoogleAnalytics(enable: false);
        return mail;
    }
}
