using System.Diagnostics;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Teams;

namespace SafeCast.TokenMonitor.Tests.Notifications.Teams;

public sealed class TeamsChannelTests : ChannelTest
{
    private static readonly string Signature = SampleSecrets.AppSecret("sig");

    private TeamsSimulator Workflow => Simulation.Teams;

    [Fact]
    public async Task A_card_is_accepted_and_reaches_the_channel()
    {
        var outcome = await Teams.SendAsync(Messages.OneFinding, CancellationToken.None);

        Assert.Equal(new DeliveryOutcome.Accepted(null), outcome);
        Assert.Equal(Messages.OneFinding.Subject, Assert.Single(Workflow.Messages).Summary);
        Assert.Empty(Workflow.FailedRuns);
    }

    [Theory]
    [InlineData(200, """{"id":"1"}""")]
    [InlineData(200, "")]
    [InlineData(202, "\r\n")]
    [InlineData(202, "\ufeff{}")]
    public async Task A_200_or_202_with_an_empty_or_JSON_body_is_acceptance(int status, string body)
    {
        Workflow.Script(Fault.Answer(status, body));

        Assert.IsType<DeliveryOutcome.Accepted>(await Teams.SendAsync(Messages.OneFinding, CancellationToken.None));
    }

    [Theory]
    [InlineData("/workflows/0a1b/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=aB-_%7E")]
    [InlineData("/workflows/a%2Fb%2fc%7Ed/invoke?sig=%7e%2f%3D&sp=%2Ftriggers&api-version=1")]
    [InlineData("/a/../b/./c//d?x=1&X=2&x=1&empty=&flag&q=a+b%20c")]
    [InlineData("/invoke?sig=%41%42%43&name=caf%C3%A9")]
    public async Task The_webhook_is_called_letter_by_letter_as_it_was_stored(string pathAndQuery)
    {
        using var server = new BareServer();
        Secrets.Set(WebhookSecret, $"http://127.0.0.1:{server.Port}{pathAndQuery}");

        Assert.IsType<DeliveryOutcome.Accepted>(await Teams.SendAsync(Messages.OneFinding, CancellationToken.None));

        var head = await server.Head;
        Assert.Equal($"POST {pathAndQuery} HTTP/1.1", head[0]);
        Assert.Contains($"Host: 127.0.0.1:{server.Port}", head);
        Assert.Contains("Content-Type: application/json", head);
    }

    [Theory]
    [InlineData("https://prod-42.westeurope.logic.azure.com:443/workflows/0a1b/triggers/manual/paths/invoke?sp=%2Ftriggers%2Fmanual%2Frun&sig=%7E")]
    [InlineData("https://default0a1b.2c.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0a1b/triggers/manual/paths/invoke?api-version=1&sig=%7E")]
    [InlineData("https://flows.contoso.com:8443/hook?sig=a%2Bb")]
    [InlineData("https://Flows.Contoso.com/hook?sig=a%2Bb")]
    public async Task A_port_stays_where_it_was_and_no_host_is_unwelcome(string url)
    {
        var wire = new NotingWire();
        Wire = wire;
        Secrets.Set(WebhookSecret, url);

        Assert.IsType<DeliveryOutcome.Accepted>(await Teams.SendAsync(Messages.OneFinding, CancellationToken.None));

        Assert.Equal(url, Assert.Single(wire.Addresses).OriginalString);
    }

    public static TheoryData<string, Fault, int, string[]> Refusals { get; } = new()
    {
        { "a flow that wants a signed-in user", TeamsFault.SignInRequired(), 1, ["signed-in user (401)", "Anyone"] },
        { "a gateway that wants one", TeamsFault.Forbidden(), 1, ["signed-in user (403)", "Anyone"] },
        { "a flow that wants a signed-in user, by its code", TeamsFault.DirectApiAuthorizationRequired(), 1, ["signed-in user (401 DirectApiAuthorizationRequired)", "Anyone"] },
        { "a URL with a wrong signature", TeamsFault.WrongSignature(), 1, ["does not accept the URL (401 AuthorizationFailed)", "Copy the whole URL"] },
        { "a flow that was deleted", TeamsFault.FlowDeleted(), 1, ["does not exist (404 WorkflowNotFound)", "co-owner"] },
        { "an address that was retired", TeamsFault.Gone(), 1, ["does not exist (410 Gone)", "co-owner"] },
        { "a flow that was switched off", TeamsFault.FlowDisabled(), 1, ["turned off (400 WorkflowTriggerIsNotEnabled)", "turn it on"] },
        { "a flow with another trigger", TeamsFault.OtherTrigger(), 1, ["expects another message (400 TriggerInputSchemaMismatch)", "When a Teams webhook request is received"] },
        { "a message that is rejected without a code", Fault.Answer(400, "{}"), 1, ["rejected the message (400)", "turned on"] },
        { "a delivery that failed with status 200", TeamsFault.DeliveryFailed(), 1, ["did not accept the message (200"] },
        { "a card that is too large", Fault.Answer(413), 1, ["too large (413)"] },
        { "too many cards", TeamsFault.TooManyRequests(TimeSpan.FromSeconds(2)), 3, ["too many messages (429 TooManyRequests)"] },
        { "too many cards, and a wait that nobody sits through", TeamsFault.TooManyRequests(TimeSpan.FromMinutes(10)), 1, ["too many messages (429 TooManyRequests)"] },
        { "a flow that does not answer its gateway", TeamsFault.NoResponse(), 3, ["gave no answer in time (502 NoResponse)"] },
        { "a proxy's outage", Fault.Html(503), 3, ["gave no answer in time (503)"] },
        { "a redirection to a sign-in page", Fault.Redirect("https://login.microsoftonline.com/"), 1, ["answered 302"] },
        { "a sign-in page with status 200", Fault.Html(200), 1, ["Another server answered in place of the Teams workflow (200"] },
        { "a proxy's page with status 202", Fault.Html(202), 1, ["Another server answered in place of the Teams workflow (202"] },
        { "a text with status 200", Fault.Answer(200, "Web filter: sign in first"), 1, ["the body is not JSON"] },
        { "a status that no workflow sends", Fault.Answer(204), 1, ["answered 204"] },
        { "a connection that breaks", Fault.Reset(), 3, ["could not be reached", "reset"] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_says_how_to_fix_it(string what, Fault fault, int calls, string[] words)
    {
        Workflow.Script(fault);

        var reason = ReasonOf(await Teams.SendAsync(Messages.OneFinding, CancellationToken.None));

        Assert.All(words, word => Assert.Contains(word, reason, StringComparison.Ordinal));
        Assert.DoesNotContain("sig", reason.Replace("signed-in", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(calls == Workflow.Calls.Count, $"After {what} there were {Workflow.Calls.Count} calls.");
        Assert.Empty(Workflow.Messages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_never_answered_ends_and_says_so(bool afterHeaders)
    {
        Time.TimeoutSpeed = 50;
        Workflow.Script(afterHeaders ? Fault.StallAfterHeaders(500) : Fault.Stall());

        Assert.Equal("The Teams workflow gave no answer in time.", ReasonOf(await Teams.SendAsync(Messages.OneFinding, CancellationToken.None)));
    }

    [Fact]
    public async Task What_fails_twice_and_then_goes_through_is_accepted()
    {
        Workflow.Script(TeamsFault.NoResponse(), times: 1);
        Workflow.Script(TeamsFault.TooManyRequests(), times: 1);

        Assert.IsType<DeliveryOutcome.Accepted>(await Teams.SendAsync(Messages.OneFinding, CancellationToken.None));
        Assert.Equal(3, Workflow.Calls.Count);
        Assert.Single(Workflow.Messages);
    }

    [Fact]
    public async Task Of_many_cards_at_once_four_go_out_each_second()
    {
        var start = Stopwatch.GetTimestamp();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => Teams.SendAsync(Messages.OneFinding, CancellationToken.None)));

        // The window moves in quarters of a second; the ninth card goes out in the third.
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(1.5), TimeSpan.FromMinutes(1));
        Assert.All(outcomes, outcome => Assert.IsType<DeliveryOutcome.Accepted>(outcome));
        Assert.Equal(9, Workflow.Messages.Count);
    }

    [Fact]
    public async Task A_workflow_that_is_nowhere_is_reported_without_its_url()
    {
        int port;
        using (var server = new BareServer())
        {
            port = server.Port;
        }

        Secrets.Set(WebhookSecret, $"http://127.0.0.1:{port}/hook?sig={Signature}");

        var reason = ReasonOf(await Teams.SendAsync(Messages.OneFinding, CancellationToken.None));

        Assert.StartsWith("The Teams workflow could not be reached: ", reason, StringComparison.Ordinal);
        Assert.Contains("refused", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Signature, reason, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> UnusableUrls { get; } = new()
    {
        { $"https://contoso.webhook.office.com/webhookb2/1@2/IncomingWebhook/{SampleSecrets.AppSecret("sig")}", "Office 365 connector, which Microsoft retired" },
        { $"https://outlook.office.com/webhook/{SampleSecrets.AppSecret("sig")}", "Office 365 connector, which Microsoft retired" },
        { $"https://outlook.office365.com/webhook/{SampleSecrets.AppSecret("sig")}", "Office 365 connector, which Microsoft retired" },
        { $"http://flows.contoso.com/hook?sig={SampleSecrets.AppSecret("sig")}", "does not begin with https://" },
        { $"\"https://flows.contoso.com/hook?sig={SampleSecrets.AppSecret("sig")}\"", "has quotes around it" },
        { $"https://flows.contoso.com/hook?sig={SampleSecrets.AppSecret("sig")}\n", "ends with a line break" },
        { SampleSecrets.AppSecret("sig"), "is not a URL" },
    };

    [Theory]
    [MemberData(nameof(UnusableUrls))]
    public async Task A_url_that_cannot_be_a_workflows_is_refused_before_it_is_called(string url, string words)
    {
        var wire = new NotingWire();
        Wire = wire;
        Secrets.Set(WebhookSecret, url);

        var reason = ReasonOf(await Teams.SendAsync(Messages.OneFinding, CancellationToken.None));

        Assert.StartsWith("The Teams webhook URL, the secret teams-webhook-url in Key Vault contoso-whatsapp, cannot be used: ", reason, StringComparison.Ordinal);
        Assert.Contains(words, reason, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleSecrets.AppSecret("sig"), reason, StringComparison.Ordinal);
        Assert.Equal(reason, await Teams.FindFaultAsync(CancellationToken.None));
        Assert.Empty(wire.Addresses);
    }

    [Fact]
    public async Task A_missing_url_is_a_fault_and_an_unreachable_vault_is_none()
    {
        Secrets[WebhookSecret] = new SecretReading.Missing();
        Assert.Equal("The Teams webhook URL, the secret teams-webhook-url in Key Vault contoso-whatsapp, is missing: store it there.", await Teams.FindFaultAsync(CancellationToken.None));

        Secrets[WebhookSecret] = new SecretReading.Unreachable("Key Vault contoso-whatsapp could not be read.");
        Assert.Null(await Teams.FindFaultAsync(CancellationToken.None));
        Assert.Equal("Key Vault contoso-whatsapp could not be read.", ReasonOf(await Teams.SendAsync(Messages.OneFinding, CancellationToken.None)));
        Assert.Empty(Workflow.Calls);
    }

    [Fact]
    public async Task A_cancellation_is_respected()
    {
        Workflow.Script(Fault.Stall());
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Teams.SendAsync(Messages.OneFinding, end.Token));
    }
}
