using System.Text.Json.Nodes;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.SendGrid;

namespace SafeCast.TokenMonitor.Tests.Notifications.Email;

public sealed class EmailChannelTests : ChannelTest
{
    private SendGridSimulator SendGrid => Simulation.SendGrid;

    [Fact]
    public async Task An_accepted_mail_is_known_by_its_message_id()
    {
        var outcome = await Email.SendAsync(Messages.OneFinding, CancellationToken.None);

        Assert.Equal(new DeliveryOutcome.Accepted(Assert.Single(SendGrid.Mails).MessageId), outcome);
    }

    [Fact]
    public async Task Every_recipient_is_listed_once_and_tracking_is_off()
    {
        Settings["TokenMonitor:Email:To:2"] = "OnCall@contoso.com";

        await Email.SendAsync(Messages.OneFinding, CancellationToken.None);

        var mail = Assert.Single(SendGrid.Mails);
        Assert.Equal("token-monitor@contoso.com", mail.From.Email);
        Assert.Equal(["oncall@contoso.com", "integration@contoso.com"], mail.To.Select(to => to.Email));
        Assert.Equal("production", mail.CustomArgs["token"]);
        Assert.All(
            ["click_tracking", "open_tracking", "subscription_tracking", "ganalytics"],
            tracking => Assert.False(mail.TrackingSettings![tracking]!["enable"]!.GetValue<bool>()));
        Assert.False(mail.TrackingSettings!["click_tracking"]!["enable_text"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData(null, "https://api.sendgrid.com/v3/mail/send")]
    [InlineData("https://api.eu.sendgrid.com", "https://api.eu.sendgrid.com/v3/mail/send")]
    [InlineData("https://api.eu.sendgrid.com/", "https://api.eu.sendgrid.com/v3/mail/send")]
    [InlineData("https://proxy.contoso.com/sendgrid/", "https://proxy.contoso.com/sendgrid/v3/mail/send")]
    public async Task The_address_is_SendGrids_own(string? baseUrl, string address)
    {
        var wire = new NotingWire();
        Wire = wire;
        Settings["TokenMonitor:Email:BaseUrl"] = baseUrl;

        await Email.SendAsync(Messages.OneFinding, CancellationToken.None);

        Assert.Equal(address, Assert.Single(wire.Addresses).AbsoluteUri);
    }

    public static TheoryData<string, Fault, int, string[]> Refusals { get; } = new()
    {
        { "a key that is revoked", SendGridFault.Unauthorized(), 1, ["rejected the API key (401)", "it is wrong or was deleted", "expired, or revoked"] },
        { "a trial that has ended", SendGridFault.CreditsExceeded(), 1, ["rejected the API key (401)", "credits of the account are used up", "Maximum credits exceeded"] },
        { "a global key at the address of the EU", Fault.Answer(401, """{"errors":[{"message":"Regional attribute of the API key does not match"}]}"""), 1, ["(401)", "another region", "TokenMonitor__Email__BaseUrl"] },
        { "a key of the EU at the global address", Fault.Answer(403, """{"errors":[{"message":"region mismatch"}]}"""), 1, ["(403)", "another region", "api.eu.sendgrid.com"] },
        { "a proxy's page with status 202", Fault.Html(202), 1, ["Another server answered in place of SendGrid"] },
        { "a key that may not send", SendGridFault.Forbidden(), 1, ["rejected the mail (403)", "lacks the permission Mail Send", "sender is not verified", "access forbidden"] },
        { "a mail that is too large", SendGridFault.TooLarge(), 1, ["too large (413)"] },
        { "a bad mail", Fault.Answer(400, """{"errors":[{"message":"Does not contain a valid address.","field":"from"}]}"""), 1, ["answered 400", "It says: from: Does not contain a valid address."] },
        { "a mail with several errors", Fault.Answer(400, """{"errors":[{"message":"Bad sender.","field":"from"},7,{"message":null},{"message":"Bad recipient.","field":null}]}"""), 1, ["It says: from: Bad sender. | Bad recipient."] },
        { "too many calls", SendGridFault.TooManyRequests(TimeSpan.FromSeconds(2)), 3, ["limit of SendGrid is reached (429)", "100 mails a day"] },
        { "too many calls, and a wait that nobody sits through", SendGridFault.TooManyRequests(TimeSpan.FromMinutes(10)), 1, ["limit of SendGrid is reached (429)", "100 mails a day"] },
        { "an outage", SendGridFault.ServerError(), 3, ["answered 500"] },
        { "a proxy's outage", Fault.Html(503), 3, ["answered 503"] },
        { "an outage without a word", Fault.Answer(502), 3, ["answered 502"] },
        { "an answer that breaks JSON's rules", Fault.Answer(400, "{\"errors\":[{"), 1, ["answered 400"] },
        { "errors of another shape", Fault.Answer(400, """{"errors":["no",1]}"""), 1, ["answered 400"] },
        { "no errors at all", Fault.Answer(400, "[]"), 1, ["answered 400"] },
        { "a redirection", Fault.Redirect("https://evil.example/"), 1, ["answered 302"] },
        { "sandbox mode", Fault.Answer(200), 1, ["answered 200 instead of 202", "the mail is not delivered", "sandbox"] },
        { "a connection that breaks", Fault.Reset(), 3, ["could not be reached", "reset"] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_says_how_to_fix_it(string what, Fault fault, int calls, string[] words)
    {
        SendGrid.Script(fault);

        var reason = ReasonOf(await Email.SendAsync(Messages.OneFinding, CancellationToken.None));

        Assert.All(words, word => Assert.Contains(word, reason, StringComparison.Ordinal));
        Assert.DoesNotContain(SendGrid.ApiKey, reason, StringComparison.Ordinal);
        Assert.True(calls == SendGrid.Calls.Count, $"After {what} there were {SendGrid.Calls.Count} calls.");
        Assert.Empty(SendGrid.Mails);
    }

    [Fact]
    public async Task A_call_that_is_never_answered_ends_and_says_so()
    {
        Time.TimeoutSpeed = 25;
        SendGrid.Script(Fault.Stall());

        var reason = ReasonOf(await Email.SendAsync(Messages.OneFinding, CancellationToken.None));

        Assert.Equal("SendGrid gave no answer in time.", reason);
        Assert.InRange(SendGrid.Calls.Count, 2, 3);
    }

    [Fact]
    public async Task An_answer_that_never_ends_ends_and_says_so()
    {
        Time.TimeoutSpeed = 50;
        SendGrid.Script(Fault.StallAfterHeaders(403));

        Assert.Equal("SendGrid gave no answer in time.", ReasonOf(await Email.SendAsync(Messages.OneFinding, CancellationToken.None)));
    }

    [Fact]
    public async Task What_fails_twice_and_then_goes_through_is_accepted()
    {
        SendGrid.Script(Fault.Reset(), times: 1);
        SendGrid.Script(SendGridFault.TooManyRequests(TimeSpan.FromSeconds(3)), times: 1);

        var outcome = await Email.SendAsync(Messages.OneFinding, CancellationToken.None);

        Assert.IsType<DeliveryOutcome.Accepted>(outcome);
        Assert.Equal(3, SendGrid.Calls.Count);
        Assert.Single(SendGrid.Mails);
    }

    [Fact]
    public async Task An_unverified_sender_is_named_as_a_reason()
    {
        SendGrid.VerifiedSenders = ["someone.else@contoso.com"];

        Assert.Contains("does not match a verified Sender Identity", ReasonOf(await Email.SendAsync(Messages.OneFinding, CancellationToken.None)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_never_contains_the_key_even_if_SendGrid_quotes_it()
    {
        const string Odd = "a-key-of-a-shape-that-nobody-expects";
        Secrets.Set(ApiKeySecret, Odd);
        SendGrid.Script(Fault.Answer(401, new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = $"Bearer {Odd} or {SampleSecrets.SendGridKey("another")} is wrong", ["field"] = Odd }) }.ToJsonString()));

        var reason = ReasonOf(await Email.SendAsync(Messages.OneFinding, CancellationToken.None));

        Assert.Contains("is wrong", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Odd, reason, StringComparison.Ordinal);
        Assert.DoesNotContain("SG.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_id_that_is_none_is_cleaned()
    {
        SendGrid.Script(Fault.Answer(202, "", null, ("X-Message-Id", SendGrid.ApiKey)));

        Assert.Equal(new DeliveryOutcome.Accepted("[secret]"), await Email.SendAsync(Messages.OneFinding, CancellationToken.None));
    }

    public static TheoryData<SecretReading, string, bool> Unusable { get; } = new()
    {
        { new SecretReading.Missing(), "The SendGrid API key, the secret sendgrid-api-key in Key Vault contoso-whatsapp, is missing: store it there.", true },
        { new SecretReading.Disabled(), "The SendGrid API key, the secret sendgrid-api-key in Key Vault contoso-whatsapp, is disabled: enable it there.", true },
        { Found("SG.key\n"), "The SendGrid API key, the secret sendgrid-api-key in Key Vault contoso-whatsapp, cannot be used: it ends with a line break.", true },
        { Found("SG.schlüssel"), "The SendGrid API key, the secret sendgrid-api-key in Key Vault contoso-whatsapp, cannot be used: it has characters that an API key never has.", true },
        { new SecretReading.Refused("Key Vault contoso-whatsapp rejects the identity of the monitor."), "Key Vault contoso-whatsapp rejects the identity of the monitor.", false },
        { new SecretReading.Unreachable("Key Vault contoso-whatsapp could not be read."), "Key Vault contoso-whatsapp could not be read.", false },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Without_a_usable_key_nothing_is_sent_and_the_reason_says_where_to_fix_it(SecretReading reading, string words, bool isTheChannelsFault)
    {
        Secrets[ApiKeySecret] = reading;

        Assert.Equal(words, ReasonOf(await Email.SendAsync(Messages.OneFinding, CancellationToken.None)));
        Assert.Equal(isTheChannelsFault ? words : null, await Email.FindFaultAsync(CancellationToken.None));
        Assert.Empty(SendGrid.Calls);
    }

    [Fact]
    public async Task A_usable_key_is_no_fault_and_asking_sends_nothing()
    {
        Assert.Null(await Email.FindFaultAsync(CancellationToken.None));
        Assert.Empty(SendGrid.Calls);
    }

    [Fact]
    public async Task The_key_is_read_again_for_every_message()
    {
        await Email.SendAsync(Messages.OneFinding, CancellationToken.None);
        var rotated = SampleSecrets.SendGridKey("rotated");
        SendGrid.AddKey(rotated, "mail.send");
        SendGrid.RevokeKey(SendGrid.ApiKey);
        Secrets.Set(ApiKeySecret, rotated);

        Assert.IsType<DeliveryOutcome.Accepted>(await Email.SendAsync(Messages.OneFinding, CancellationToken.None));
    }

    [Fact]
    public async Task A_cancellation_is_respected()
    {
        SendGrid.Script(Fault.Stall());
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Email.SendAsync(Messages.OneFinding, end.Token));
    }

    private static SecretReading.Found Found(string value) => new(new Secret(value), new SecretAttributes());
}
