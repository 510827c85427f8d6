using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Notifications.Teams;

/// <summary>
/// A message as an Adaptive Card of version 1.4 in the envelope that a Workflows webhook takes. Teams takes 28 KB at most: what does
/// not fit is cut, evidence first, the lead finding's remedy never, and the card says that it was cut.
/// </summary>
internal static partial class TeamsCard
{
    /// <summary>The most that Teams takes, in bytes of the whole request.</summary>
    public const int Limit = 28 * 1024;

    public static JsonObject Render(AlertMessage message)
    {
        foreach (var detail in Enum.GetValues<Detail>())
        {
            var envelope = Envelope(message, detail);
            if (detail is Detail.LeadOnly || JsonSerializer.SerializeToUtf8Bytes(envelope).Length < Limit)
            {
                return envelope;
            }
        }

        throw new InvalidOperationException("Unreachable: the last level of detail is always taken.");
    }

    // From all there is to what must be told in any case.
    private enum Detail
    {
        Everything,
        NoEvidenceOfOthers,
        NoEvidence,
        LeadOnly,
    }

    private static JsonObject Envelope(AlertMessage message, Detail detail) => new()
    {
        ["type"] = "message",
        ["summary"] = message.Subject,
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = Card(message, detail),
        }),
    };

    private static JsonObject Card(AlertMessage message, Detail detail)
    {
        var body = new JsonArray();
        foreach (var (index, section) in message.Sections.Index())
        {
            if (index == 0 || detail < Detail.LeadOnly)
            {
                var withEvidence = detail is Detail.Everything || (detail is Detail.NoEvidenceOfOthers && index == 0);
                body.Add(Section(section, index == 0 ? message.Story : [], separator: index > 0, withEvidence));
            }
        }

        if (detail is Detail.LeadOnly && message.Sections.Count > 1)
        {
            body.Add(Text(message.Sections.Count == 2
                ? "One more finding does not fit here."
                : string.Create(CultureInfo.InvariantCulture, $"{message.Sections.Count - 1} more findings do not fit here.")));
        }

        if (detail > Detail.Everything)
        {
            body.Add(Text("This card was cut to fit. Everything stands in the mail, and in what \"tokenmonitor check\" prints.", subtle: true));
        }

        body.Add(Footer(message, detail));
        return new JsonObject
        {
            ["type"] = "AdaptiveCard",
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["version"] = "1.4",
            ["fallbackText"] = message.Subject,
            ["msteams"] = new JsonObject { ["width"] = "Full" },
            ["body"] = body,
            ["actions"] = Actions(message),
        };
    }

    private static JsonObject Section(AlertSection section, IReadOnlyList<string> story, bool separator, bool withEvidence)
    {
        var severity = section.Severity is { } value ? $"{value}: " : "";
        var items = new JsonArray(
            new JsonObject
            {
                ["type"] = "TextBlock",
                ["text"] = severity + Escaped(section.Title),
                ["size"] = "Medium",
                ["weight"] = "Bolder",
                ["wrap"] = true,
            },
            Text(section.Impact));
        foreach (var line in story)
        {
            items.Add(Text(line));
        }

        foreach (var (number, step) in section.Steps.Index())
        {
            items.Add(Step(number + 1, step));
        }

        if (withEvidence && section.Evidence.Count > 0)
        {
            items.Add(Facts(section.Evidence));
        }

        return new JsonObject { ["type"] = "Container", ["separator"] = separator, ["items"] = items };
    }

    // The number stands in a column of its own: "1." at the start of a text is a list to markdown, which counts by itself.
    private static JsonObject Step(int number, RemedyStep step) => new()
    {
        ["type"] = "ColumnSet",
        ["spacing"] = "Small",
        ["columns"] = new JsonArray(
            Column("auto", new JsonObject
            {
                ["type"] = "TextBlock",
                ["text"] = number.ToString(CultureInfo.InvariantCulture),
                ["weight"] = "Bolder",
                ["wrap"] = true,
            }),
            Column("stretch", Text(step.Text))),
    };

    private static JsonObject Column(string width, JsonObject item) =>
        new() { ["type"] = "Column", ["width"] = width, ["items"] = new JsonArray(item) };

    private static JsonObject Footer(AlertMessage message, Detail detail)
    {
        List<Evidence> facts = [new("Seen", TimeText.Moment(message.At))];
        if (message.IncidentId is { } incident)
        {
            facts.Add(new("Incident", incident));
        }

        if (detail < Detail.LeadOnly)
        {
            facts.AddRange(message.Facts);
        }

        var items = new JsonArray(Facts(facts));
        if (detail < Detail.NoEvidence)
        {
            foreach (var unknown in message.Unknowns)
            {
                items.Add(Text(unknown, subtle: true));
            }
        }

        items.Add(Text($"Sent by {message.Origin}. {message.Next}", subtle: true));
        return new JsonObject { ["type"] = "Container", ["separator"] = true, ["items"] = items };
    }

    private static JsonArray Actions(AlertMessage message) => [.. message.Sections
        .SelectMany(section => section.Steps)
        .Select(step => step.Link)
        .OfType<Link>()
        .DistinctBy(link => link.Url)
        .Take(4)
        .Select(link => new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = link.Title, ["url"] = link.Url.AbsoluteUri })];

    private static JsonObject Facts(IEnumerable<Evidence> facts) => new()
    {
        ["type"] = "FactSet",
        ["facts"] = new JsonArray([.. facts.Select(fact => new JsonObject { ["title"] = Escaped(fact.Name), ["value"] = Escaped(fact.Value) })]),
    };

    private static JsonObject Text(string text, bool subtle = false)
    {
        var block = new JsonObject { ["type"] = "TextBlock", ["text"] = Escaped(text), ["wrap"] = true };
        if (subtle)
        {
            block["isSubtle"] = true;
            block["size"] = "Small";
        }

        return block;
    }

    // Texts take markdown: without this a scope's underscores come out in italics, and Graph's words could be a link.
    private static string Escaped(string text)
    {
        var escaped = new System.Text.StringBuilder(text.Length + 8);
        var marker = ListMarker().Match(text);
        foreach (var (index, c) in text.Index())
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '~' or '#' or '<' or '>' || (marker.Success && index == marker.Length - 1))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    // "- ", "+ ", "1. ", "1) " at the start make a list of a text; its last character is the one to escape.
    [GeneratedRegex(@"^(?:[-+]|[0-9]{1,9}[.)])(?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex ListMarker();
}
