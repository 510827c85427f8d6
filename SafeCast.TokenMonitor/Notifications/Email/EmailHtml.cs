using System.Net;
using System.Text;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Notifications.Email;

/// <summary>A message as HTML: what <see cref="EmailText"/> says, with headings, lists and links. Every value is encoded.</summary>
internal static class EmailHtml
{
    public static string Render(AlertMessage message)
    {
        var html = new StringBuilder();
        html.Append($"<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{Encoded(message.Subject)}</title></head>\n");
        html.Append("<body style=\"font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.4;max-width:600px;overflow-wrap:anywhere\">\n");
        foreach (var (index, section) in message.Sections.Index())
        {
            html.Append(index > 0 ? "<hr>\n" : "");
            Append(html, section, index == 0 ? message.Story : []);
        }

        var incident = message.IncidentId is { } id ? $"<br>Incident {Encoded(id)}" : "";
        html.Append($"<hr>\n<p>Seen {Encoded(TimeText.Moment(message.At))}{incident}</p>\n");
        Append(html, message.Facts);
        foreach (var unknown in message.Unknowns)
        {
            html.Append($"<p>{Encoded(unknown)}</p>\n");
        }

        html.Append($"<p>Sent by {Encoded(message.Origin)}.<br>{Encoded(message.Next)}</p>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void Append(StringBuilder html, AlertSection section, IReadOnlyList<string> story)
    {
        var severity = section.Severity is { } value ? $"{value}: " : "";
        html.Append($"<h2 style=\"font-size:20px;margin:0 0 8px\">{severity}{Encoded(section.Title)}</h2>\n");
        html.Append($"<p>{Encoded(section.Impact)}</p>\n");
        if (story.Count > 0)
        {
            html.Append($"<p>{string.Join("<br>\n", story.Select(Encoded))}</p>\n");
        }

        AppendSteps(html, section.Steps);
        if (section.Evidence.Count > 0)
        {
            html.Append("<h3 style=\"font-size:16px;margin:0\">What it rests on</h3>\n");
            Append(html, section.Evidence);
        }
    }

    private static void AppendSteps(StringBuilder html, IReadOnlyList<RemedyStep> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        html.Append("<h3 style=\"font-size:16px;margin:0\">What to do</h3>\n<ol>\n");
        foreach (var step in steps)
        {
            var link = step.Link is { } page ? $" <a href=\"{Encoded(page.Url.AbsoluteUri)}\">{Encoded(page.Title)}</a>" : "";
            html.Append($"<li>{Encoded(step.Text)}{link}</li>\n");
        }

        html.Append("</ol>\n");
    }

    private static void Append(StringBuilder html, IReadOnlyList<Evidence> facts)
    {
        html.Append("<table style=\"border-collapse:collapse;word-break:break-word\">\n");
        foreach (var fact in facts)
        {
            html.Append($"<tr><td style=\"padding:2px 16px 2px 0;vertical-align:top\">{Encoded(fact.Name)}</td><td>{Encoded(fact.Value)}</td></tr>\n");
        }

        html.Append("</table>\n");
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
