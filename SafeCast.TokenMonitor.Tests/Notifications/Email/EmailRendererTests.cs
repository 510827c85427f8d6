using System.Text.Json.Nodes;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Notifications.Email;

public sealed class EmailRendererTests : ChannelTest
{
    public static TheoryData<string> Names => [.. Messages.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mail_is_word_for_word_like_this(string name)
    {
        var (text, html) = EmailRenderer.Parts(Messages.All[name]);

        Golden.Matches($"Notifications/Golden/{name}.txt", $"Subject: {Messages.All[name].Subject}\n\n{text}");
        Golden.Matches($"Notifications/Golden/{name}.html", html);
    }

    [Fact]
    public async Task A_mail_is_sent_with_both_parts_like_this()
    {
        await Email.SendAsync(Messages.OneFinding, CancellationToken.None);

        var mail = Assert.Single(Simulation.SendGrid.Mails);
        var (text, html) = EmailRenderer.Parts(Messages.OneFinding);
        Assert.Equal((text, html), (mail.Text, mail.Html));
        var json = JsonNode.Parse(mail.Raw)!;
        json["content"]![0]!["value"] = "(the text part)";
        json["content"]![1]!["value"] = "(the HTML part)";
        Golden.Matches("Notifications/Golden/request.mail.json", json);
    }

    [Fact]
    public async Task All_mails_of_an_incident_refer_to_one_root_at_the_senders_domain_and_a_test_refers_to_none()
    {
        await Email.SendAsync(Messages.OneFinding, CancellationToken.None);
        await Email.SendAsync(Messages.Kinds["resolved"], CancellationToken.None);
        await Email.SendAsync(Messages.Test, CancellationToken.None);

        var (opened, resolved, test) = (Simulation.SendGrid.Mails[0].Headers, Simulation.SendGrid.Mails[1].Headers, Simulation.SendGrid.Mails[2].Headers);
        Assert.Equal("<production-incident-20261122T030700Z@contoso.com>", opened["References"]);
        Assert.Equal(opened["References"], opened["In-Reply-To"]);
        Assert.Equal((opened["References"], opened["References"]), (resolved["References"], resolved["In-Reply-To"]));
        Assert.DoesNotContain("References", test.Keys);
    }

    [Fact]
    public async Task A_critical_mail_has_high_importance_and_no_mail_is_answered_automatically()
    {
        await Email.SendAsync(Messages.OneFinding, CancellationToken.None);
        await Email.SendAsync(Messages.Kinds["resolved"], CancellationToken.None);

        var (critical, resolved) = (Simulation.SendGrid.Mails[0].Headers, Simulation.SendGrid.Mails[1].Headers);
        Assert.Equal(("high", "1"), (critical["Importance"], critical["X-Priority"]));
        Assert.DoesNotContain("Importance", resolved.Keys);
        Assert.All([critical, resolved], headers => Assert.Equal(("auto-generated", "All"), (headers["Auto-Submitted"], headers["X-Auto-Response-Suppress"])));
    }

    [Fact]
    public async Task A_mail_is_sent_in_spite_of_a_spam_report_or_an_unsubscription_and_not_of_a_bounce()
    {
        await Email.SendAsync(Messages.OneFinding, CancellationToken.None);

        var settings = JsonNode.Parse(Assert.Single(Simulation.SendGrid.Mails).Raw)!["mail_settings"]!.AsObject();
        Assert.Equal(["bypass_spam_management", "bypass_unsubscribe_management"], settings.Select(setting => setting.Key).Order(StringComparer.Ordinal));
        Assert.All(settings, setting => Assert.True(setting.Value!["enable"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task No_incident_id_breaks_a_header()
    {
        await Email.SendAsync(Messages.OneFinding with { IncidentId = "a <b>\r\nBcc: c@d.example-1" }, CancellationToken.None);

        Assert.Equal("<a__b___Bcc__c_d_example-1@contoso.com>", Assert.Single(Simulation.SendGrid.Mails).Headers["References"]);
    }

    [Fact]
    public async Task Hostile_texts_are_a_mail_like_any_other()
    {
        var outcome = await Email.SendAsync(Messages.HostileTexts, CancellationToken.None);

        Assert.IsType<DeliveryOutcome.Accepted>(outcome);
        Assert.Contains(Messages.Hostile, Assert.Single(Simulation.SendGrid.Mails).Text, StringComparison.Ordinal);
    }
}
