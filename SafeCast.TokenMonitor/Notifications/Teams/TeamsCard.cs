using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Notifications.Teams;

/// <summary>
/// A message as an Adaptive Card of version 1.4 in the envelope that a Workflows webhook takes. Teams takes 28 KB at most. Nothing is
/// folded away behind a button: Teams on phones has drawn unfolded parts over others, or not at all.
/// </summary>
internal static partial class TeamsCard
{
    /// <summary>The most that Teams takes, in bytes of the whole request.</summary>
    public const int Limit = 28 * 1024;

    // More than these Teams hides behind "...".
    private const int MostButtons = 4;

    public static JsonObject Render(AlertMessage message) =>
        AlertTrimming.Fit(message, Envelope, envelope => JsonSerializer.SerializeToUtf8Bytes(envelope).Length < Limit);

    private static JsonObject Envelope(AlertMessage message) => new()
    {
        ["type"] = "message",
        ["summary"] = message.Subject,
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = Card(message),
        }),
    };

    private static JsonObject Card(AlertMessage message) => new()
    {
        ["type"] = "AdaptiveCard",
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["version"] = "1.4",
        ["fallbackText"] = message.Subject,
        ["msteams"] = new JsonObject { ["width"] = "Full" },
        ["body"] = new JsonArray([.. Body(message)]),
    };

    private static IEnumerable<JsonNode> Body(AlertMessage message)
    {
        var lead = message.Sections[0];
        yield return Head(message.Glance);
        if (lead.Steps.Count > 0)
        {
            yield return Text(message.Glance.Action ?? "", isBold: true, spacing: "Medium");
            foreach (var step in Steps(lead.Steps))
            {
                yield return step;
            }
        }

        if (Buttons(message.Links) is { } buttons)
        {
            yield return buttons;
        }

        if (message.Story.Count > 0)
        {
            yield return Facts(message.Story);
        }

        yield return Text(lead.Title == message.Glance.Headline ? lead.Impact : $"{lead.Title.TrimEnd('.')}. {lead.Impact}");
        foreach (var section in message.Sections.Skip(1))
        {
            yield return Other(section);
        }

        yield return Foot(message);
    }

    // The text keeps the default colour on the coloured ground: in the ground's own colour it would be hard to read.
    private static JsonObject Head(AlertGlance glance) => new()
    {
        ["type"] = "Container",
        ["style"] = glance.Tone switch
        {
            AlertTone.Critical => "attention",
            AlertTone.Warning => "warning",
            AlertTone.Good => "good",
            _ => "emphasis",
        },
        ["bleed"] = true,
        ["items"] = new JsonArray(
            Text(glance.Badge, size: "Small", isBold: true),
            Text(glance.Headline, size: "Large", isBold: true, spacing: "Small"),
            Text(glance.Effect, spacing: "Small")),
    };

    private static JsonObject Other(AlertSection section)
    {
        var items = new JsonArray(
            Text(section.Severity is { } severity ? severity.ToString().ToUpperInvariant() : "", size: "Small", isBold: true),
            Text(section.Title, isBold: true, spacing: "None"),
            Text(section.Impact, spacing: "Small"));
        foreach (var step in Steps(section.Steps))
        {
            items.Add(step);
        }

        if (section.InsteadOfSteps is { } instead)
        {
            items.Add(Text(instead));
        }

        if (section.Evidence.Count > 0)
        {
            items.Add(Facts(section.Evidence));
        }

        return new JsonObject { ["type"] = "Container", ["separator"] = true, ["spacing"] = "Medium", ["items"] = items };
    }

    private static JsonObject Foot(AlertMessage message)
    {
        List<Evidence> facts = [.. message.Sections[0].Evidence, .. message.Facts, new("Seen", TimeText.Moment(message.At))];
        if (message.IncidentId is { } incident)
        {
            facts.Add(new("Incident", incident));
        }

        var items = new JsonArray(Facts(facts));
        foreach (var unknown in message.Unknowns)
        {
            items.Add(Text(unknown, size: "Small", isSubtle: true));
        }

        foreach (var cut in message.Cuts)
        {
            items.Add(Text(cut));
        }

        items.Add(Text($"{message.Next} Sent by {message.Origin}.", size: "Small", isSubtle: true));
        return new JsonObject { ["type"] = "Container", ["separator"] = true, ["spacing"] = "Medium", ["items"] = items };
    }

    private static IEnumerable<JsonObject> Steps(IReadOnlyList<RemedyStep> steps) => steps.Select((step, index) => Step(index + 1, step));

    // The number stands in a column of its own: "1." at the start of a text is a list to markdown, which counts by itself.
    private static JsonObject Step(int number, RemedyStep step) => new()
    {
        ["type"] = "ColumnSet",
        ["spacing"] = "Small",
        ["columns"] = new JsonArray(
            Column("auto", Text(number.ToString(CultureInfo.InvariantCulture), isBold: true)),
            Column("stretch", Text(step.Text))),
    };

    private static JsonObject Column(string width, JsonObject item) =>
        new() { ["type"] = "Column", ["width"] = width, ["items"] = new JsonArray(item) };

    // Among the steps' and not at the card's foot, where Teams puts a card's own actions: there they are a screen away on a phone.
    private static JsonObject? Buttons(IReadOnlyList<Link> links) => links.Count == 0 ? null : new()
    {
        ["type"] = "ActionSet",
        ["actions"] = new JsonArray([.. links
            .DistinctBy(link => link.Url)
            .Take(MostButtons)
            .Select(link => new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = link.Title, ["url"] = link.Url.AbsoluteUri })]),
    };

    private static JsonObject Facts(IEnumerable<Evidence> facts) => new()
    {
        ["type"] = "FactSet",
        ["facts"] = new JsonArray([.. facts.Select(fact => new JsonObject { ["title"] = Escaped(fact.Name), ["value"] = Escaped(fact.Value) })]),
    };

    private static JsonObject Text(string text, string? size = null, bool isBold = false, bool isSubtle = false, string? spacing = null)
    {
        var block = new JsonObject { ["type"] = "TextBlock", ["text"] = Escaped(text), ["wrap"] = true };
        if (size is not null)
        {
            block["size"] = size;
        }

        if (isBold)
        {
            block["weight"] = "Bolder";
        }

        if (isSubtle)
        {
            block["isSubtle"] = true;
        }

        if (spacing is not null)
        {
            block["spacing"] = spacing;
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
