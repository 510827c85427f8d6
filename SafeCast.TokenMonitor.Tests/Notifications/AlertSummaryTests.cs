using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Email;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Notifications;

/// <summary>What a sleepy person has understood after the first fifteen words.</summary>
public sealed partial class AlertSummaryTests
{
    private const int Most = 15;

    public static TheoryData<string> Findings => [.. Messages.Findings.Keys];

    public static TheoryData<string> Names => [.. Messages.All.Keys];

    [Fact]
    public void There_is_a_sample_for_every_finding_and_every_kind()
    {
        Assert.Equal(FindingCatalogue.All.Select(definition => definition.Id).Order(), Messages.Findings.Keys.Order());
        Assert.All(Messages.Findings, finding => Assert.Equal(finding.Key, Messages.Of(finding.Value).Sections[0].Id));
        Assert.Equal(Enum.GetValues<NotificationKind>().Order(), Messages.All.Values.Select(message => message.Kind).OfType<NotificationKind>().Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Findings))]
    public void Of_every_finding_what_to_do_begins_within_fifteen_words_in_every_message(string id)
    {
        foreach (var kind in (NotificationKind[])[NotificationKind.Opened, NotificationKind.Changed, NotificationKind.Reminder, NotificationKind.Countdown])
        {
            Prove(Messages.Compose(Messages.NotificationOf(Messages.Findings[id]) with { Kind = kind }));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_every_message_with_steps_what_to_do_begins_within_fifteen_words(string name) => Prove(Messages.All[name]);

    [Theory]
    [MemberData(nameof(Findings))]
    public void Every_finding_has_a_headline_an_effect_and_an_action_of_its_own(string id)
    {
        var words = Messages.Findings[id].InWords().Single(finding => finding.Id == id).Text;

        Assert.DoesNotContain(words.Impact, words.Effect, StringComparison.Ordinal);
        Assert.Matches("^WhatsApp token \"production\"[ :]", words.Headline);
        Assert.Matches(@"^[A-Z].*[^.]$", words.Action);
    }

    [Fact]
    public void A_token_that_lacks_messaging_sends_nothing_and_one_that_lacks_management_does()
    {
        string Effect(string granted) => Messages.Of(Healthy
            .Debug(d => d with { Scopes = [granted], GranularScopes = null })
            .Seen(i => i with { BusinessAccount = Error(200, null, "(#200) Requires whatsapp_business_management permission", 403) })).Summary.Effect;

        Assert.Equal("Messages are not being sent.", Effect("whatsapp_business_management"));
        Assert.Equal("Sending may work; templates fail.", Effect("whatsapp_business_messaging"));
    }

    [Fact]
    public void An_expiry_is_reported_in_days_from_the_time_of_the_check()
    {
        Assert.Equal("WhatsApp token \"production\" expires in 6 days", Messages.All["token-expires"].Summary.Headline);
        Assert.Equal("WhatsApp token \"production\" loses data access in 12 days", Messages.All["data-access-expires"].Summary.Headline);
        Assert.Equal(
            "WhatsApp token \"production\" lost data access",
            Messages.Of(Healthy.Debug(d => d with { DataAccessExpiresAt = GraphExpiry.At(Now.AddDays(-1)) })).Summary.Headline);
    }

    [Theory]
    [InlineData("whatsapp_business_messaging", "Messages are not being sent.")]
    [InlineData("whatsapp_business_management", "Sending may work; templates fail.")]
    public void A_scope_for_other_accounts_only_stops_what_needs_it(string scope, string effect) =>
        Assert.Equal(effect, Messages.Of(Healthy.Debug(d => d with { GranularScopes = [new GranularScope(scope, ["999"])] })).Summary.Effect);

    [Fact]
    public void A_secrets_date_is_reported_in_days_before_and_after_it()
    {
        string Headline(int days) => Messages.Of(Healthy.SecretEnds(Now.AddDays(days))).Summary.Headline;

        Assert.Equal("WhatsApp token \"production\": vault secret expires in 20 days", Headline(20));
        Assert.Equal("WhatsApp token \"production\": vault secret expired 20 days ago", Headline(-20));
    }

    [Fact]
    public void The_severity_is_in_words()
    {
        Assert.Equal("CRITICAL", Messages.All["token-revoked"].Summary.Badge);
        Assert.Equal("WARNING", Messages.All["app-not-subscribed"].Summary.Badge);
        Assert.Equal("CRITICAL, CHANGED, 2 FINDINGS", Messages.All["changed"].Summary.Badge);
        Assert.Equal("RESOLVED", Messages.All["resolved"].Summary.Badge);
    }

    private static void Prove(AlertMessage message)
    {
        if (message.Sections[0].Steps.Count == 0)
        {
            Assert.Null(message.Summary.Action);
            return;
        }

        var text = EmailRenderer.Parts(message).Text;
        var before = text[..text.IndexOf(message.Summary.Action!, StringComparison.Ordinal)];
        var verb = Word().Count(before) + 1;
        Assert.True(verb <= Most, $"What to do begins with word {verb}: {text[..200]}");
    }

    // A word for a reader: "WhatsApp", "6", "account's".
    [GeneratedRegex(@"[\w'’]+")]
    private static partial Regex Word();
}
