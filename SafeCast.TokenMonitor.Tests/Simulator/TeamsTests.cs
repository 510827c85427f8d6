using System.Text;
using System.Text.Json.Nodes;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Teams;

namespace SafeCast.TokenMonitor.Tests.Simulator;

public sealed class TeamsTests : SimulationTest
{
    private TeamsSimulator Teams => Simulation.Teams;

    [Fact]
    public async Task A_valid_card_is_accepted_and_recorded()
    {
        var answer = await PostAsync(Message(Card()));

        Assert.Equal((202, ""), (answer.Status, answer.Text));
        var message = Assert.Single(Teams.Messages);
        Assert.Equal("Critical", message.Summary);
        Assert.Equal("Full", message.Card["msteams"]!["width"]!.GetValue<string>());
        Assert.Equal(Encoding.UTF8.GetByteCount(message.Raw), message.Size);
        Assert.Empty(Teams.FailedRuns);
    }

    [Fact]
    public async Task The_webhook_answers_over_https_too()
    {
        Assert.Equal(202, (await PostAsync(Message(Card()), Teams.SecureWebhookUrl)).Status);
        Assert.StartsWith("https://", Teams.SecureWebhookUrl, StringComparison.Ordinal);
    }

    public static TheoryData<Func<string, string>> Misspellings { get; } = new()
    {
        url => url.Replace("%2F", "/", StringComparison.Ordinal),
        url => url.Replace("%2F", "%2f", StringComparison.Ordinal),
        url => url[..^1],
        url => url + "&x=1",
        url => url[..url.IndexOf('?', StringComparison.Ordinal)] + "?" + string.Join('&', url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Reverse()),
    };

    [Theory]
    [MemberData(nameof(Misspellings))]
    public async Task A_url_that_is_not_used_letter_by_letter_is_401_without_a_body(Func<string, string> misspell)
    {
        var answer = await PostAsync(Message(Card()), misspell(Teams.WebhookUrl));

        Assert.Equal((401, ""), (answer.Status, answer.Text));
        Assert.False(Teams.Calls.Single().HasExactUrl);
        Assert.Empty(Teams.Messages);
    }

    public static TheoryData<string, Action<JsonObject>> FaultyCards { get; } = new()
    {
        { "card.version: must be 1.4 at most", card => card["version"] = "1.5" },
        { "card.version: is required", card => card.Remove("version") },
        { "card.type", card => card["type"] = "Card" },
        { "card.colour: is not known", card => card["colour"] = "red" },
        { "card.body[0].text: is required", card => card["body"]![0]!.AsObject().Remove("text") },
        { "card.body[0].size: must be one of", card => card["body"]![0]!["size"] = "huge" },
        { "card.body[0].wrap: must be true or false", card => card["body"]![0]!["wrap"] = "true" },
        { "card.body[0].markdown: is not known", card => card["body"]![0]!["markdown"] = true },
        { "card.body[0].type: Table is not one of", card => card["body"]![0]!["type"] = "Table" },
        { "card.body[0].type: is required", card => card["body"]![0]!.AsObject().Remove("type") },
        { "card.body[1].facts[0].value: is required", card => card["body"]![1]!["facts"]![0]!.AsObject().Remove("value") },
        { "card.body[2].items[0].columns[0].items[0].color", card => card["body"]![2]!["items"]![0]!["columns"]![0]!["items"]![0]!["color"] = "red" },
        { "card.body[2].style: must be one of", card => card["body"]![2]!["style"] = "alarm" },
        { "card.body[3].inlines[0].weight", card => card["body"]![3]!["inlines"]![0]!["weight"] = "bold" },
        { "card.body[4].actions[0].url: must be an absolute https URL", card => card["body"]![4]!["actions"]![0]!["url"] = "/settings" },
        { "card.body[4].actions[0].url: must be an absolute https URL", card => card["body"]![4]!["actions"]![0]!["url"] = "http://example.com" },
        { "card.body[4].actions[0].url: is required", card => card["body"]![4]!["actions"]![0]!.AsObject().Remove("url") },
        { "card.actions[0].type: Action.Http is not one of", card => card["actions"]![0]!["type"] = "Action.Http" },
    };

    [Theory]
    [MemberData(nameof(FaultyCards))]
    public async Task A_faulty_card_is_accepted_and_then_fails_with_its_place(string reason, Action<JsonObject> spoil)
    {
        var card = Card();
        spoil(card);

        var answer = await PostAsync(Message(card));

        Assert.Equal(202, answer.Status);
        Assert.StartsWith(reason, Assert.Single(Assert.Single(Teams.FailedRuns).Reasons), StringComparison.Ordinal);
        Assert.Empty(Teams.Messages);
    }

    [Theory]
    [InlineData("""{"type":"message"}""", "attachments")]
    [InlineData("""{"type":"message","attachments":[]}""", "attachments")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4"}""", "type")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/json","content":{}}]}""", "attachments[0].contentType")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":"{}"}]}""", "attachments[0].content")]
    public async Task A_wrong_envelope_is_accepted_and_then_fails(string body, string place)
    {
        Assert.Equal(202, (await PostAsync(body)).Status);
        Assert.StartsWith(place, Assert.Single(Assert.Single(Teams.FailedRuns).Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28 * 1024, 202)]
    [InlineData((28 * 1024) + 1, 413)]
    public async Task A_request_may_have_28_KB(int size, int status)
    {
        var body = Message(Card());

        Assert.Equal(status, (await PostAsync(body + new string(' ', size - Encoding.UTF8.GetByteCount(body)))).Status);
    }

    [Fact]
    public async Task What_is_no_json_is_refused_at_once()
    {
        Assert.Equal(400, (await PostAsync("{")).Status);
        Assert.Empty(Teams.FailedRuns);
    }

    [Fact]
    public async Task Refusals_can_be_scripted()
    {
        Fault[] faults =
        [
            TeamsFault.SignInRequired(), TeamsFault.Forbidden(), TeamsFault.FlowDeleted(), TeamsFault.FlowDisabled(), TeamsFault.Gone(),
            TeamsFault.TooManyRequests(TimeSpan.FromSeconds(2)), TeamsFault.NoResponse(),
        ];
        var answers = new List<Answer>();
        foreach (var fault in faults)
        {
            Teams.Script(fault, times: 1);
            answers.Add(await PostAsync(Message(Card())));
        }

        Assert.Equal([401, 403, 404, 400, 410, 429, 502], answers.Select(answer => answer.Status));
        Assert.Equal("", answers[0].Text);
        Assert.Equal("NoResponse", answers[6].Error["code"]!.GetValue<string>());
        Assert.Empty(Teams.Messages);
    }

    private static JsonObject Card() => JsonNode.Parse(
        """
        {
          "type": "AdaptiveCard", "version": "1.4", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
          "fallbackText": "Critical", "msteams": { "width": "Full" },
          "body": [
            { "type": "TextBlock", "text": "Critical", "wrap": true, "size": "Large", "weight": "Bolder", "color": "attention" },
            { "type": "FactSet", "facts": [{ "title": "App", "value": "SafeCast" }] },
            { "type": "Container", "style": "emphasis", "items": [
              { "type": "ColumnSet", "columns": [{ "width": "stretch", "items": [{ "type": "TextBlock", "text": "1", "spacing": "none" }] }] }] },
            { "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": "whatsapp_business_messaging", "fontType": "monospace" }, "plain"] },
            { "type": "ActionSet", "actions": [{ "type": "Action.OpenUrl", "title": "Open", "url": "https://business.facebook.com/settings" }] }
          ],
          "actions": [{ "type": "Action.ToggleVisibility", "title": "More", "targetElements": ["more"] }]
        }
        """)!.AsObject();

    private static string Message(JsonObject card) => new JsonObject
    {
        ["type"] = "message",
        ["summary"] = "Critical",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = card,
        }),
    }.ToJsonString();

    private async Task<Answer> PostAsync(string body, string? url = null)
    {
        // As given: the Uri class would otherwise undo some encodings, which is what the simulator is there to detect.
        var exact = new Uri(url ?? Teams.WebhookUrl, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync(exact, content);
        return await Answer.ReadAsync(response);
    }
}
