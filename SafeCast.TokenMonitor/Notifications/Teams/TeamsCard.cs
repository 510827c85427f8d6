using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Notifications.Teams;

/// <summary>
/// Renders a message as an Adaptive Card of version 1.4 in the envelope of a Workflows webhook. Teams accepts up to 28 KB. Nothing is
/// collapsed, because Teams on phones has shown expanded parts on top of others or not at all.
/// </summary>
internal static partial class TeamsCard
{
    /// <summary>The maximum size of the request, in bytes.</summary>
    public const int Limit = 28 * 1024;

    // The number of characters of a word that a phone shows in the two columns of a fact.
    private const int LongestTitleWord = 12;
    private const int LongestValueWord = 22;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Render(AlertMessage message) =>
        AlertTrimming.Fit(message, Envelope, envelope => ToBytes(envelope).Length < Limit);

    /// <summary>Gets the body of the request. Letters are not escaped, because most scripts would need three times the space.</summary>
    public static byte[] ToBytes(JsonObject envelope) => JsonSerializer.SerializeToUtf8Bytes(envelope, Relaxed);

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
        yield return Head(message.Summary);
        if (lead.Steps.Count > 0)
        {
            yield return Text(message.Summary.Action ?? "", isBold: true, spacing: "Medium");
            foreach (var item in Steps(lead.Steps, message.Common))
            {
                yield return item;
            }
        }

        LabelledValue[] timeline = lead.IsEvidenceToActOn ? [.. lead.Evidence, .. message.Timeline] : [.. message.Timeline];
        foreach (var fact in Facts(timeline))
        {
            yield return fact;
        }

        yield return Text(lead.Title == message.Summary.Headline ? lead.Impact : $"{lead.Title.TrimEnd('.')}. {lead.Impact}");
        if (message.Links.Count > 0)
        {
            yield return Buttons(message.Links);
        }

        foreach (var section in message.Sections.Skip(1))
        {
            yield return Other(section, message.Common);
        }

        yield return Foot(message);
    }

    // The text has the default color on the colored background, because it would otherwise be hard to read.
    private static JsonObject Head(AlertSummary summary) => new()
    {
        ["type"] = "Container",
        ["style"] = summary.Tone switch
        {
            AlertTone.Critical => "attention",
            AlertTone.Warning => "warning",
            AlertTone.Good => "good",
            _ => "emphasis",
        },
        ["bleed"] = true,
        ["items"] = new JsonArray(
            Text(summary.Badge, size: "Small", isBold: true),
            Text(summary.Headline, size: "Large", isBold: true, spacing: "Small"),
            Text(summary.Effect, spacing: "Small")),
    };

    private static JsonObject Other(AlertSection section, CommonText common)
    {
        var items = new JsonArray(
            Text(section.Badge, size: "Small", isBold: true),
            Text(section.Title, isBold: true, spacing: "None"),
            Text(section.Impact, spacing: "Small"));
        foreach (var item in Steps(section.Steps, common))
        {
            items.Add(item);
        }

        if (section.InsteadOfSteps is { } instead)
        {
            items.Add(Text(instead));
        }

        foreach (var fact in Facts(section.Evidence))
        {
            items.Add(fact);
        }

        if (section.Runbook is { } runbook)
        {
            items.Add(Buttons([runbook]));
        }

        return new JsonObject { ["type"] = "Container", ["separator"] = true, ["spacing"] = "Medium", ["items"] = items };
    }

    private static JsonObject Foot(AlertMessage message)
    {
        var lead = message.Sections[0];
        List<LabelledValue> facts = [.. lead.IsEvidenceToActOn ? [] : lead.Evidence, .. message.Facts, new(message.Common.CheckedAt, TimeText.Moment(message.At))];
        if (message.IncidentId is { } incident)
        {
            facts.Add(new(message.Common.Incident, incident));
        }

        var items = new JsonArray([.. Facts(facts)]);
        foreach (var unknown in message.Unknowns)
        {
            items.Add(Text(unknown, size: "Small", isSubtle: true));
        }

        foreach (var cut in message.Cuts)
        {
            items.Add(Text(cut));
        }

        items.Add(Text($"{message.Next} {message.Common.SentBy(message.Origin)}", size: "Small", isSubtle: true));
        return new JsonObject { ["type"] = "Container", ["separator"] = true, ["spacing"] = "Medium", ["items"] = items };
    }

    // The first link is a button, and so is each link whose name is not in the text of its step. The others are inline.
    private static IEnumerable<JsonObject> Steps(IReadOnlyList<StepText> steps, CommonText common)
    {
        var first = steps.FirstOrDefault(step => step.Link is not null);
        foreach (var (index, step) in steps.Index())
        {
            var inline = ReferenceEquals(step, first) ? null : InlineLink.Find(step);
            yield return Step(index + 1, inline is null ? Escaped(step.Text) : Linked(inline));
            if (inline is null && step.Link is { } link)
            {
                yield return Buttons([link with { Title = common.Open(link.Title) }]);
            }
        }
    }

    // The number has its own column, because Markdown would turn "1." at the start of a text into a numbered list.
    private static JsonObject Step(int number, string markdown) => new()
    {
        ["type"] = "ColumnSet",
        ["spacing"] = "Small",
        ["columns"] = new JsonArray(
            Column("auto", Text(number.ToString(CultureInfo.InvariantCulture), isBold: true)),
            Column("stretch", Markdown(markdown))),
    };

    private static JsonObject Column(string width, JsonObject item) =>
        new() { ["type"] = "Column", ["width"] = width, ["items"] = new JsonArray(item) };

    // In the body, because Teams shows the actions of a card at its end, which is off the screen on a phone.
    private static JsonObject Buttons(IReadOnlyList<Link> links) => new()
    {
        ["type"] = "ActionSet",
        ["actions"] = new JsonArray([.. links.Select(link => new JsonObject
        {
            ["type"] = "Action.OpenUrl",
            ["title"] = link.Title,
            ["url"] = link.Url.AbsoluteUri,
        })]),
    };

    private static string Linked(InlineLink link) => $"{Escaped(link.Before)}[{Escaped(link.Linked)}]({link.Url}){Escaped(link.After)}";

    // A FactSet is a table. A phone truncates it if a word is too long for its column.
    private static IEnumerable<JsonObject> Facts(IReadOnlyCollection<LabelledValue> facts)
    {
        if (facts.Count == 0)
        {
            return [];
        }

        return facts.All(IsNarrow)
            ?
            [
                new()
                {
                    ["type"] = "FactSet",
                    ["facts"] = new JsonArray([.. facts.Select(fact => new JsonObject { ["title"] = Escaped(fact.Label), ["value"] = Escaped(fact.Value) })]),
                },
            ]
            : facts.Select(Fact);
    }

    private static bool IsNarrow(LabelledValue fact) => LongestWord(fact.Label) <= LongestTitleWord && LongestWord(fact.Value) <= LongestValueWord;

    private static int LongestWord(string text) => text.Split(' ', '-').Max(word => word.Length);

    // A TextRun does not interpret Markdown.
    private static JsonObject Fact(LabelledValue fact) => new()
    {
        ["type"] = "RichTextBlock",
        ["spacing"] = "Small",
        ["inlines"] = new JsonArray(
            new JsonObject { ["type"] = "TextRun", ["text"] = $"{fact.Label}: ", ["weight"] = "Bolder" },
            new JsonObject { ["type"] = "TextRun", ["text"] = fact.Value }),
    };

    private static JsonObject Text(string text, string? size = null, bool isBold = false, bool isSubtle = false, string? spacing = null)
    {
        var block = Markdown(Escaped(text));
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

    private static JsonObject Markdown(string text) => new() { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true };

    // Texts interpret Markdown: without escaping, the underscores of a scope result in italics, and texts of Graph could contain links.
    private static string Escaped(string text)
    {
        var escaped = new System.Text.StringBuilder(text.Length + 8);
        var marker = BlockMarker().Match(text);
        foreach (var (index, c) in text.Index())
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '~' or '#' or '<' or '>'
                || (c is '&' && Entity().IsMatch(text, index))
                || (marker.Success && index == marker.Length - 1))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    // "- ", "+ ", "1. ", "1) " at the start result in a list, "---" in a line. The last character is escaped.
    [GeneratedRegex(@"^(?:-(?=-)|[-+](?=\s|$)|[0-9]{1,9}[.)](?=\s|$))", RegexOptions.CultureInvariant)]
    private static partial Regex BlockMarker();

    // "&lt;" would be decoded. Any other "&" is a plain character.
    [GeneratedRegex(@"\G&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();
}
