using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.SendGrid;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace SafeCast.TokenMonitor.Tests.Simulator;

public sealed class SendGridTests : SimulationTest
{
    private SendGridSimulator Mailer => Simulation.SendGrid;

    [Fact]
    public async Task A_mail_of_the_official_client_is_accepted_and_recorded()
    {
        var client = new SendGridClient(Client, new SendGridClientOptions { ApiKey = Mailer.ApiKey, Host = Mailer.BaseUrl.ToString() });
        var mail = MailHelper.CreateSingleEmailToMultipleRecipients(
            new EmailAddress("monitor@example.com", "Monitor"),
            [new EmailAddress("a@example.com"), new EmailAddress("b@example.com", "B")],
            "Critical",
            "text",
            "<p>html</p>");
        mail.AddGlobalCustomArg("incident", "42");
        mail.AddGlobalHeader("References", "<42@example.com>");
        mail.SetClickTracking(false, false);

        var response = await client.SendEmailAsync(mail);

        Assert.Equal(202, (int)response.StatusCode);
        var sent = Assert.Single(Mailer.Mails);
        Assert.Equal(response.Headers.GetValues("X-Message-Id").Single(), sent.MessageId);
        Assert.Equal(new MailAddress("monitor@example.com", "Monitor"), sent.From);
        Assert.Equal(["a@example.com", "b@example.com"], sent.To.Select(to => to.Email));
        Assert.Equal(("Critical", "text", "<p>html</p>"), (sent.Subject, sent.Text, sent.Html));
        Assert.Equal("42", sent.CustomArgs["incident"]);
        Assert.Equal("<42@example.com>", sent.Headers["References"]);
        Assert.False(sent.TrackingSettings!["click_tracking"]!["enable"]!.GetValue<bool>());
        Assert.Equal((202, true), (Mailer.Calls.Single().Status!.Value, Mailer.Calls.Single().HasKnownKey));
    }

    public static TheoryData<string, Action<JsonObject>> Faulty { get; } = new()
    {
        { "from.email", mail => mail.Remove("from") },
        { "from.email", mail => mail["from"]!["email"] = "nobody" },
        { "personalizations", mail => mail.Remove("personalizations") },
        { "personalizations.0.to", mail => mail["personalizations"]![0]!["to"] = new JsonArray() },
        { "personalizations.0.to.0.email", mail => mail["personalizations"]![0]!["to"]![0]!["email"] = "a b@example.com" },
        { "personalizations.0", mail => mail["personalizations"]![0]!["cc"] = new JsonArray(new JsonObject { ["email"] = "A@Example.com" }) },
        { "personalizations.1", mail => mail["personalizations"]!.AsArray().Add(mail["personalizations"]![0]!.DeepClone()) },
        { "subject", mail => mail.Remove("subject") },
        { "subject", mail => mail["subject"] = "" },
        { "content", mail => mail.Remove("content") },
        { "content.0.value", mail => mail["content"]![0]!["value"] = "" },
        { "content", mail => mail["content"] = new JsonArray([.. mail["content"]!.AsArray().Reverse().Select(part => part!.DeepClone())]) },
        { "categories", mail => mail["categories"] = new JsonArray([.. Enumerable.Range(0, 11).Select(i => (JsonNode)$"c{i}")]) },
        { "categories", mail => mail["categories"] = new JsonArray("twice", "twice") },
        { "personalizations.0.custom_args", mail => mail["custom_args"] = new JsonObject { ["long"] = new string('x', 10_000) } },
        { "personalizations.0.custom_args", mail => mail["custom_args"] = new JsonObject { ["number"] = 1 } },
        { "headers", mail => mail["headers"] = new JsonObject { ["reply-to"] = "a@example.com" } },
        { "headers", mail => mail["headers"] = new JsonObject { ["X Y"] = "z" } },
        { "tracking_settings.click_tracking.enable", mail => mail["tracking_settings"] = new JsonObject { ["click_tracking"] = new JsonObject { ["enable"] = "no" } } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task A_faulty_mail_is_refused_with_the_field_at_fault(string field, Action<JsonObject> spoil)
    {
        var mail = Mail();
        spoil(mail);

        var answer = await SendAsync(mail.ToJsonString());

        Assert.Equal(400, answer.Status);
        var error = Assert.Single(answer.Body["errors"]!.AsArray())!;
        Assert.Equal(field, error["field"]!.GetValue<string>());
        Assert.StartsWith("http://sendgrid.com/docs/", error["help"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(Mailer.Mails);
    }

    [Fact]
    public async Task An_unknown_key_is_401_and_a_key_that_may_not_send_403()
    {
        var reader = SampleSecrets.SendGridKey("reader");
        Mailer.AddKey(reader, "stats.read");

        var missing = await SendAsync(Mail().ToJsonString(), null);
        var unknown = await SendAsync(Mail().ToJsonString(), SampleSecrets.SendGridKey("unknown"));
        var forbidden = await SendAsync(Mail().ToJsonString(), reader);
        Mailer.RevokeKey(Mailer.ApiKey);
        var revoked = await SendAsync(Mail().ToJsonString());

        Assert.Equal([401, 401, 403, 401], new[] { missing, unknown, forbidden, revoked }.Select(answer => answer.Status));
        Assert.Equal("""{"errors":[{"message":"The provided authorization grant is invalid, expired, or revoked","field":null,"help":null}]}""", unknown.Text);
        Assert.Equal("access forbidden", forbidden.Body["errors"]![0]!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_unverified_sender_is_forbidden()
    {
        Mailer.VerifiedSenders = ["someone.else@example.com"];

        Assert.Equal(403, (await SendAsync(Mail().ToJsonString())).Status);
    }

    [Fact]
    public async Task In_sandbox_mode_a_mail_is_validated_and_not_recorded()
    {
        var mail = Mail();
        mail["mail_settings"] = new JsonObject { ["sandbox_mode"] = new JsonObject { ["enable"] = true } };

        Assert.Equal(200, (await SendAsync(mail.ToJsonString())).Status);
        Assert.Empty(Mailer.Mails);
    }

    [Fact]
    public async Task A_mail_of_more_than_30_MB_is_too_large()
    {
        var mail = Mail();
        mail["content"]![0]!["value"] = new string('x', 31_500_000);

        Assert.Equal(413, (await SendAsync(mail.ToJsonString())).Status);
    }

    [Fact]
    public async Task What_is_no_json_is_a_bad_request()
    {
        Assert.Equal(400, (await SendAsync("{")).Status);
    }

    [Fact]
    public async Task Refusals_can_be_scripted()
    {
        Fault[] faults =
        [
            SendGridFault.Unauthorized(), SendGridFault.CreditsExceeded(), SendGridFault.Forbidden(), SendGridFault.TooLarge(),
            SendGridFault.TooManyRequests(TimeSpan.FromSeconds(7)), SendGridFault.ServerError(),
        ];
        var answers = new List<Answer>();
        foreach (var fault in faults)
        {
            Mailer.Script(fault, times: 1);
            answers.Add(await SendAsync(Mail().ToJsonString()));
        }

        Assert.Equal([401, 401, 403, 413, 429, 500], answers.Select(answer => answer.Status));
        Assert.Equal("Maximum credits exceeded", answers[1].Body["errors"]![0]!["message"]!.GetValue<string>());
        Assert.Equal("7", answers[4].Header("Retry-After"));
        Assert.Empty(Mailer.Mails);
    }

    private static JsonObject Mail() => JsonNode.Parse(
        """
        {
          "personalizations": [{ "to": [{ "email": "a@example.com" }] }],
          "from": { "email": "monitor@example.com" },
          "subject": "Critical",
          "content": [{ "type": "text/plain", "value": "text" }, { "type": "text/html", "value": "<p>html</p>" }]
        }
        """)!.AsObject();

    private Task<Answer> SendAsync(string body) => SendAsync(body, Mailer.ApiKey);

    private async Task<Answer> SendAsync(string body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Mailer.BaseUrl}/v3/mail/send");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var response = await Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
