using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Notifications;

public sealed class AlertComposerTests
{
    [Fact]
    public void One_finding_is_the_whole_subject()
    {
        var message = Messages.OneFinding;

        Assert.Equal("[Critical] WhatsApp token \"production\" was revoked", message.Subject);
        Assert.Equal(((NotificationKind?)NotificationKind.Opened, (Severity?)Severity.Critical, "production", Now), (message.Kind, message.Severity, message.TokenName, message.At));
        var section = Assert.Single(message.Sections);
        Assert.Equal(("token-revoked", "WhatsApp token \"production\" was revoked"), (section.Id, section.Title));
    }

    [Fact]
    public void Of_several_findings_the_worst_leads_and_the_others_are_counted()
    {
        var two = Messages.Of(Healthy.Debug(d => d with { Type = "USER" }).Health("BLOCKED"));
        var three = Messages.SeveralFindings;

        Assert.Equal("[Critical] WhatsApp token \"production\" cannot send: Meta blocks +1 555 0100 (+1 more finding)", two.Subject);
        Assert.EndsWith(" (+2 more findings)", three.Subject, StringComparison.Ordinal);
        Assert.Equal(["scope-missing", "sending-blocked", "not-system-user"], three.Sections.Select(section => section.Id));
    }

    [Fact]
    public void A_warning_is_called_one() =>
        Assert.Equal("[Warning] WhatsApp token \"production\" expires in 59 days", Messages.Of(Healthy.Debug(d => d with { ExpiresAt = GraphEnd(59) })).Subject);

    [Fact]
    public void An_ignored_finding_sends_no_alert()
    {
        var message = Messages.Of(Healthy.Debug(d => d with { Type = "USER" }).Health("BLOCKED").Ignoring("sending-blocked"));

        Assert.Equal(["not-system-user"], message.Sections.Select(section => section.Id));
        Assert.StartsWith("[Warning] ", message.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_is_cut_before_the_number_of_other_findings()
    {
        var message = Messages.Of(Healthy.Debug(d => d with { AppId = "1", AppName = new string('n', 500), Type = "USER" }));

        Assert.Equal(150, message.Subject.Length);
        Assert.EndsWith("n… (+1 more finding)", message.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_is_never_cut_inside_a_character()
    {
        for (var shift = 0; shift < 2; shift++)
        {
            var name = new string('n', shift) + string.Concat(Enumerable.Repeat("😀", 100));

            var subject = Messages.Of(Healthy.Debug(d => d with { AppId = "1", AppName = name })).Subject;

            Assert.DoesNotContain(subject.EnumerateRunes(), rune => rune == System.Text.Rune.ReplacementChar);
        }
    }

    [Fact]
    public void The_facts_are_what_people_compare()
    {
        Assert.Equal(
            [
                new LabelledValue("Fingerprint", Healthy.Inspection.Token!.Fingerprint),
                new LabelledValue("App", $"Contoso Messaging ({AppId})"),
                new LabelledValue("Type", "SYSTEM_USER"),
                new LabelledValue("Issued", "2026-08-24 03:07 UTC"),
                new LabelledValue("System user", $"Integration ({UserId})"),
                new LabelledValue("Source", "debug_token, queried by the app"),
            ],
            Messages.Of(Healthy.Health("BLOCKED")).Facts);
        Assert.Equal(
            [new LabelledValue("Source", "Key Vault contoso-whatsapp only")],
            Messages.Of(Healthy.Read(new SecretReading.Missing())).Facts);
    }

    [Theory]
    [InlineData(InspectionSource.App, "debug_token, queried by the app")]
    [InlineData(InspectionSource.SelfInspection, "debug_token, queried by the token")]
    [InlineData(InspectionSource.TokenItself, "test calls with the token")]
    public void A_message_names_its_source(InspectionSource basis, string words) =>
        Assert.Equal(words, Messages.Of(Healthy.Health("BLOCKED").Seen(i => i with { Source = basis })).Facts[^1].Value);

    [Fact]
    public void Unknown_facts_are_reported_and_facts_that_are_not_configured_are_not()
    {
        var message = Messages.Of(Healthy.Health("BLOCKED").Seen(i => i with { Owner = NoAnswer(), AppCredential = new AppCredentialStatus.NotConfigured() }));

        Assert.Equal(["Unknown: which portfolio owns the account. Graph gave no answer in time."], message.Unknowns);
    }

    [Fact]
    public void A_message_names_the_monitor_the_store_and_the_next_reminder()
    {
        Assert.Equal("function app func-contoso-tokenmonitor, reading from Key Vault contoso-whatsapp", Messages.OneFinding.Origin);
        Assert.NotEmpty(Messages.OneFinding.Next);
    }

    [Fact]
    public void A_test_says_that_it_is_one_and_accuses_no_token()
    {
        var message = Messages.Test;

        Assert.StartsWith("[Test] ", message.Subject, StringComparison.Ordinal);
        Assert.Equal((null, null, null), (message.Kind, message.Severity, message.TokenName));
        var section = Assert.Single(message.Sections);
        Assert.Equal("TEST", message.Summary.Badge);
        Assert.Contains("This is a test", section.Title, StringComparison.Ordinal);
        Assert.Null(section.Severity);
    }

    private static GraphExpiry GraphEnd(double days) => GraphExpiry.At(Now.AddDays(days));
}
