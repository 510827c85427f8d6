using System.Text;
using SafeCast.TokenMonitor.Assessment;
using SendGrid.Helpers.Mail;

namespace SafeCast.TokenMonitor.Notifications.Email;

/// <summary>Renders a message as a mail for SendGrid.</summary>
internal static class EmailRenderer
{
    /// <summary>The maximum size of the HTML part, in bytes. Gmail truncates it at 102 KB, and phones load slowly.</summary>
    public const int LargestHtml = 60 * 1024;

    public static SendGridMessage Render(AlertMessage message, EmailSettings settings)
    {
        var (text, html) = Parts(message);
        var mail = new SendGridMessage
        {
            From = new EmailAddress(settings.From, "WhatsApp token monitor"),
            Subject = message.Subject,
            Personalizations = [new Personalization { Tos = [.. settings.To.Select(address => new EmailAddress(address))] }],

            // SendGrid requires text before HTML.
            Contents = [new Content("text/plain", text), new Content("text/html", html)],
            Categories = ["token-monitor"],

            // After a spam report or an unsubscription, SendGrid accepts a mail and does not send it. Nobody would know. Bounces are not
            // bypassed: a mail to an address that does not exist harms the sender's reputation.
            MailSettings = new MailSettings
            {
                BypassSpamManagement = new BypassSpamManagement { Enable = true },
                BypassUnsubscribeManagement = new BypassUnsubscribeManagement { Enable = true },
            },
        };
        AddHeaders(mail, message.Severity);
        if (settings.ReplyTo is { } replyTo)
        {
            mail.ReplyTo = new EmailAddress(replyTo);
        }

        if (message.TokenName is { } token)
        {
            mail.AddCustomArg("token", token);
        }

        if (message.IncidentId is { } incident)
        {
            mail.AddCustomArg("incident", incident);
            AddThread(mail, incident, settings.From);
        }

        // In a mail about security, links that a tracker rewrote look like phishing.
        mail.SetClickTracking(enable: false, enableText: false);
        mail.SetOpenTracking(enable: false);
        mail.SetSubscriptionTracking(enable: false);
        mail.SetGoogleAnalytics(enable: false);
        return mail;
    }

    /// <summary>The two parts of a mail, with the same content.</summary>
    public static (string Text, string Html) Parts(AlertMessage message) => AlertTrimming.Fit(
        message,
        shortened =>
        {
            var view = EmailView.Of(shortened);
            return (Text: EmailTemplates.Text(view), Html: EmailTemplates.Html(view));
        },
        parts => Encoding.UTF8.GetByteCount(parts.Html) < LargestHtml);

    // Auto-Submitted and X-Auto-Response-Suppress keep out-of-office answers away.
    private static void AddHeaders(SendGridMessage mail, Severity? severity)
    {
        mail.AddHeader("Auto-Submitted", "auto-generated");
        mail.AddHeader("X-Auto-Response-Suppress", "All");
        if (severity is Severity.Critical)
        {
            mail.AddHeader("Importance", "high");
            mail.AddHeader("X-Priority", "1");
        }
    }

    // All messages of an incident refer to a Message-ID that was never sent, so that mail programs group them: SendGrid assigns an unknown
    // Message-ID to each message. Gmail groups only equal subjects. Different subjects are still better than one that stays the same from
    // "critical" to "resolved".
    private static void AddThread(SendGridMessage mail, string incident, string from)
    {
        var local = string.Concat(incident.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' ? c : '_'));
        var root = $"<{local}@{from[(from.LastIndexOf('@') + 1)..]}>";
        mail.AddHeader("In-Reply-To", root);
        mail.AddHeader("References", root);
    }
}
