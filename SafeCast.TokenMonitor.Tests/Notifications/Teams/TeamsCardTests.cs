using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Teams;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Tests.Support;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Notifications.Teams;

public sealed partial class TeamsCardTests : ChannelTest
{
    public static TheoryData<string> Names => [.. Messages.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_card_is_word_for_word_like_this(string name) => Golden.Matches($"Notifications/Golden/{name}.card.json", TeamsCard.Render(Messages.All[name]));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_card_follows_the_rules_of_version_1_4(string name)
    {
        await Teams.SendAsync(Messages.All[name], CancellationToken.None);

        Assert.Empty(Simulation.Teams.FailedRuns);
        Assert.Equal(Encoding.UTF8.GetString(TeamsCard.ToBytes(TeamsCard.Render(Messages.All[name]))), Assert.Single(Simulation.Teams.Messages).Raw);
    }

    [Fact]
    public async Task Hostile_texts_are_a_card_like_any_other()
    {
        await Teams.SendAsync(Messages.HostileTexts, CancellationToken.None);

        Assert.Empty(Simulation.Teams.FailedRuns);
        Assert.Single(Simulation.Teams.Messages);
    }

    [Fact]
    public void No_value_becomes_markdown()
    {
        var texts = Texts(TeamsCard.Render(Messages.HostileTexts)).ToList();

        Assert.All(texts, text => Assert.DoesNotMatch(@"(?<!\\)(\\\\)*[*_\[\]`~#<>]", OwnLink().Replace(text, "$1")));
        Assert.Contains(Runs(TeamsCard.Render(Messages.HostileTexts)), text => text == Messages.Hostile);
        Assert.Contains(texts, text => text.Contains(@"whatsapp\_business\_messaging", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a &lt;b&gt; c", @"a \&lt;b\&gt; c")]
    [InlineData("&#60;&#x3C;&copy;", @"\&\#60;\&\#x3C;\&copy;")]
    [InlineData("Terms & Conditions; R&D", "Terms & Conditions; R&D")]
    [InlineData("---", @"\---")]
    public void No_value_has_another_meaning(string value, string shown) =>
        Assert.Contains(shown, Texts(TeamsCard.Render(Messages.OneFinding with { Facts = [new TokenMonitor.Assessment.LabelledValue("Value", value)] })));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_page_that_a_step_needs_can_be_opened_from_the_card(string name)
    {
        var envelope = TeamsCard.Render(Messages.All[name]);
        var buttons = Nodes(envelope).Where(node => Is(node, "Action.OpenUrl")).Select(node => node["url"]!.GetValue<string>());
        var links = Texts(envelope).SelectMany(text => OwnLink().Matches(text)).Select(link => link.Groups[2].Value);

        Assert.Superset(
            Messages.All[name].Sections.SelectMany(section => section.Steps).Select(step => step.Link?.Url.AbsoluteUri).OfType<string>().ToHashSet(),
            buttons.Concat(links).ToHashSet());
    }

    [Theory]
    [InlineData("1. first", @"1\. first")]
    [InlineData("12) twelfth", @"12\) twelfth")]
    [InlineData("- item", @"\- item")]
    [InlineData("+ item", @"\+ item")]
    [InlineData("+1 555 0100", "+1 555 0100")]
    [InlineData("-1", "-1")]
    [InlineData("2026-11-22 03:07 UTC", "2026-11-22 03:07 UTC")]
    [InlineData("v26.0 answered", "v26.0 answered")]
    public void No_value_becomes_a_list(string value, string shown)
    {
        var message = Messages.OneFinding with { Facts = [new TokenMonitor.Assessment.LabelledValue("Value", value)] };

        Assert.Contains(shown, Texts(TeamsCard.Render(message)));
    }

    [Fact]
    public void Business_Settings_the_debugger_and_the_runbooks_section_are_buttons()
    {
        var buttons = Nodes(TeamsCard.Render(Messages.OneFinding)).Where(node => Is(node, "Action.OpenUrl")).Select(node => (node["title"]!.GetValue<string>(), node["url"]!.GetValue<string>()));
        var links = Texts(TeamsCard.Render(Messages.OneFinding)).SelectMany(text => OwnLink().Matches(text)).Select(link => (link.Groups[1].Value, link.Groups[2].Value));

        Assert.Equal(
            [
                ("Open Business Settings", "https://business.facebook.com/settings"),
                ("Access token debugger", "https://developers.facebook.com/tools/debug/accesstoken"),
                ("Runbook", SafeCast.TokenMonitor.Assessment.Runbook.SectionOf("token-revoked").AbsoluteUri),
            ],
            buttons);
        Assert.Equal(
            [
                ("setup step 6", SafeCast.TokenMonitor.Assessment.Runbook.SectionOf(SafeCast.TokenMonitor.Assessment.SetupStep.GenerateToken).AbsoluteUri),
                ("setup step 7", SafeCast.TokenMonitor.Assessment.Runbook.SectionOf(SafeCast.TokenMonitor.Assessment.SetupStep.StoreToken).AbsoluteUri),
            ],
            links);
    }

    [Fact]
    public void Facts_are_a_table_where_every_word_fits_a_phone_and_lines_where_one_does_not()
    {
        JsonNode Facts(string name, string value) => TeamsCard.Render(Messages.OneFinding with { Timeline = [new(name, value)] });

        Assert.Contains(Nodes(Facts("Found", "2026-11-22 03:07 UTC")), node => node["title"]?.GetValue<string>() == "Found");
        foreach (var (name, value) in new[] { ("Remains", "it lacks the scope whatsapp_business_messaging"), ("WABA 334455667788990", "BLOCKED") })
        {
            var line = Nodes(Facts(name, value)).First(node => Is(node, "RichTextBlock"))["inlines"]!.AsArray();
            Assert.Equal([$"{name}: ", value], line.Select(run => run!["text"]!.GetValue<string>()));
        }
    }

    [Fact]
    public void Every_text_wraps()
    {
        foreach (var message in Messages.All.Values.Append(Messages.Large(20, 5, 100, "x")))
        {
            Assert.All(Nodes(TeamsCard.Render(message)).Where(node => Is(node, "TextBlock")), block => Assert.True(block["wrap"]!.GetValue<bool>()));
        }
    }

    [Fact]
    public void Plain_places_take_values_as_they_are()
    {
        var envelope = TeamsCard.Render(Messages.HostileTexts);

        Assert.Equal(Messages.HostileTexts.Subject, envelope["summary"]!.GetValue<string>());
        Assert.Equal(Messages.HostileTexts.Subject, Card(envelope)["fallbackText"]!.GetValue<string>());
    }

    /// <summary>From a card with room to spare to one that has none, through every level of detail.</summary>
    [Fact]
    public void A_card_always_fits_and_keeps_the_first_remediation()
    {
        var seen = new HashSet<string>();
        foreach (var character in new[] { "x", "*", "\"", "\u2603", "😀" })
        {
            foreach (var sections in new[] { 1, 2, 5, 40 })
            {
                foreach (var evidence in new[] { 0, 3, 20 })
                {
                    foreach (var length in new[] { 5, 250 })
                    {
                        var message = Messages.Large(sections, evidence, length, character);
                        seen.Add(ProveFitting(message));
                    }
                }
            }
        }

        Assert.Equal(["all", "cut", "lead only"], seen.Order());
    }

    [Fact]
    public void Graphs_longest_texts_fit_whatever_they_are_made_of()
    {
        foreach (var character in new[] { "x", "*", "\\", "\"", "<", "\u2603", "😀", "\u202E" })
        {
            var text = UntrustedText.Clean(string.Concat(Enumerable.Repeat(character, 100_000)) + "end");
            ProveFitting(Messages.Of(Healthy
                .Debug(d => d with { AppId = "543210987654321", AppName = text, Type = text, Scopes = [], GranularScopes = null, ExpiresAt = GraphExpiry.At(Now.AddDays(1)) })
                .Health("BLOCKED", [.. Enumerable.Repeat(new SendingEntity(text, text, text, [new SendingError(text, text, text)], [text]), 10)])
                .Seen(i => i with
                {
                    Me = new Identity(UserId, text),
                    BusinessAccount = Error(100, 33, text) with { UserMessage = text, Details = text, TraceId = text },
                    PhoneNumberIds = Rows<string>(),
                    SubscribedAppIds = Rows<string>(),
                    Owner = new Identity("1", text),
                    AssignedUsers = GraphError.NoAnswer(text),
                })));
        }
    }

    [Fact]
    public void What_was_cut_is_said_to_be()
    {
        string Said(AlertMessage message) => string.Join('\n', Texts(TeamsCard.Render(message)).Select(Unescaped));

        Assert.DoesNotContain("Shortened to fit", Said(Messages.SeveralFindings), StringComparison.Ordinal);
        Assert.Contains("Shortened to fit", Said(Messages.Large(3, 80, 100, "x")), StringComparison.Ordinal);
        Assert.Contains("199 more findings are not shown.", Said(Messages.Large(200, 0, 5, "x")), StringComparison.Ordinal);
        Assert.Contains("One more finding is not shown.", Said(Messages.Large(2, 0, 1000, "\u2603")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_Meta_proposes_is_a_part_of_the_remedy_and_is_cut_short_rather_than_left_out()
    {
        var proposal = string.Concat(Enumerable.Repeat("\u0627\u0644\u062F\u0641\u0639 ", 80));
        var message = Messages.Of(Healthy.Health(
            "BLOCKED",
            [.. Enumerable.Range(1, 40).Select(number => new SendingEntity("WABA", AccountId, "BLOCKED", [new SendingError($"{number}", proposal, proposal)], []))]));

        var texts = Texts(TeamsCard.Render(message)).Concat(Runs(TeamsCard.Render(message))).ToList();

        ProveFitting(message);
        Assert.Contains(texts, text => text.Contains("Error 1", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains(proposal[..100], StringComparison.Ordinal));
    }

    [Fact]
    public void Evidence_of_the_lesser_findings_goes_first()
    {
        var texts = Texts(TeamsCard.Render(Messages.Large(3, 80, 100, "x"))).ToList();

        Assert.Contains("Fact 1.80: ", Runs(TeamsCard.Render(Messages.Large(3, 80, 100, "x"))));
        Assert.DoesNotContain("Fact 2.1: ", Runs(TeamsCard.Render(Messages.Large(3, 80, 100, "x"))));
        Assert.Contains(texts, text => text.StartsWith("Step 3.4", StringComparison.Ordinal));
    }

    private static string ProveFitting(AlertMessage message)
    {
        var envelope = TeamsCard.Render(message);
        var size = TeamsCard.ToBytes(envelope).Length;
        var texts = Texts(envelope).Select(Unescaped).ToList();
        var lead = message.Sections[0];

        Assert.True(size <= TeamsCard.Limit, $"{message.Sections.Count} sections make {size} bytes.");
        Assert.All([message.Summary.Headline, message.Summary.Effect, .. lead.Steps.Select(step => step.Text)], text => Assert.Contains(texts, shown => shown.StartsWith(text, StringComparison.Ordinal)));
        Assert.Contains(texts, text => text.EndsWith(lead.Impact, StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains(message.Origin, StringComparison.Ordinal));
        return texts.Exists(text => text.Contains("not shown", StringComparison.Ordinal)) ? "lead only"
            : texts.Exists(text => text.Contains("Shortened to fit", StringComparison.Ordinal)) ? "cut"
            : "all";
    }

    private static JsonNode Card(JsonNode envelope) => envelope["attachments"]![0]!["content"]!;

    private static bool Is(JsonObject node, string type) => node["type"]?.GetValue<string>() == type;

    /// <summary>All that a reader sees in the card's body, as it stands in the card.</summary>
    private static IEnumerable<string> Texts(JsonNode envelope) => Nodes(Card(envelope)["body"]!)
        .SelectMany(node => (JsonNode?[])[Is(node, "TextBlock") ? node["text"] : null, node["title"], node["value"]])
        .OfType<JsonNode>()
        .Select(text => text.GetValue<string>());

    /// <summary>What is shown as it stands, without markdown.</summary>
    private static IEnumerable<string> Runs(JsonNode envelope) =>
        Nodes(Card(envelope)["body"]!).Where(node => Is(node, "TextRun")).Select(node => node["text"]!.GetValue<string>());

    private static IEnumerable<JsonObject> Nodes(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(property => Nodes(property.Value)).Prepend(o),
        JsonArray a => a.SelectMany(Nodes),
        _ => [],
    };

    private static string Unescaped(string text) => Escape().Replace(OwnLink().Replace(text, "$1"), "$1");

    // A part of a step that is the link to its page. What came from outside is escaped, and so is never one.
    [GeneratedRegex(@"(?<!\\)\[([^\\\[\]]+)\]\((https://[^\s()]+)\)")]
    private static partial Regex OwnLink();

    [GeneratedRegex(@"\\(.)", RegexOptions.Singleline)]
    private static partial Regex Escape();
}
