using System.Text;
using SendGrid.Helpers.Mail;

namespace SafeCast.TokenMonitor.Notifications.Email;

/// <summary>A message as a mail that SendGrid takes.</summary>
internal static class EmailRenderer
{
    /// <summary>Gmail cuts an HTML part off at 102 KB, and phones load slowly; in bytes.</summary>
    public const int LargestHtml = 60 * 1024;

    public static SendGridMessage Render(AlertMessage message, EmailSettings settings)
    {
        var (text, html) = Parts(message);
        var mail = new SendGridMessage
        {
            From = new EmailAddress(settings.From, "WhatsApp token monitor"),
            Subject = message.Subject,
            Personalizations = [new Personalization { Tos = [.. settings.To.Select(address => new EmailAddress(address))] }],

            // Text before HTML, or SendGrid refuses it.
            Contents = [new Content("text/plain", text), new Content("text/html", html)],
            Categories = ["token-monitor"],
        };
        if (message.TokenName is { } token)
        {
            mail.AddCustomArg("token", token);
        }

        if (message.IncidentId is { } incident)
        {
            mail.AddCustomArg("incident", incident);
            AddThread(mail, incident, settings.From);
        }

        // Links that a tracker rewrote look like phishing in a mail about security.
        mail.SetClickTracking(enable: false, enableText: false);
        mail.SetOpenTracking(enable: false);
        mail.SetSubscriptionTracking(enable: false);
        mail.SetGoogleAnalytics(enable: false);
        return mail;
    }

    /// <summary>The two parts of a mail, which say the same.</summary>
    public static (string Text, string Html) Parts(AlertMessage message) => AlertTrimming.Fit(
        message,
        shortened =>
        {
            var view = EmailView.Of(shortened);
            return (Text: EmailTemplates.Text(view), Html: EmailTemplates.Html(view));
        },
        parts => Encoding.UTF8.GetByteCount(parts.Html) < LargestHtml);

    // All messages of an incident refer to one that was never sent, so that mail programs keep them together: SendGrid gives each its
    // own Message-ID, which nobody learns. The subjects say what happened and so differ, which Gmail takes for a conversation of its
    // own; a subject that is the same from "critical" to "resolved" would be worse.
    private static void AddThread(SendGridMessage mail, string incident, string from)
    {
        var local = string.Concat(incident.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' ? c : '_'));
        var root = $"<{local}@{from[(from.LastIndexOf('@') + 1)..]}>";
        mail.AddHeader("In-Reply-To", root);
        mail.AddHeader("References", root);
    }
}
