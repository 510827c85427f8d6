using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Notifications;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Notifications;

/// <summary>The messages in the course of an incident.</summary>
public sealed class AlertTimelineTests
{
    private static readonly Finding Revoked = Healthy.Dead(Error(190, 466, "x")).Assess().Findings[0];

    private static readonly Finding ScopeMissing =
        Healthy.Debug(d => d with { Scopes = ["whatsapp_business_management"], GranularScopes = null }).Assess().Findings[0];

    [Fact]
    public void An_opened_incident_states_how_long_the_token_was_healthy() =>
        Assert.Equal([new("Detected", "2026-11-22 03:07 UTC"), new("Healthy before", "12 days")], Compose(Opened with { HealthySince = Now.AddDays(-12) }).Timeline);

    [Fact]
    public void A_changed_one_says_what_is_new_what_is_no_longer_so_and_how_long_it_has_lasted()
    {
        var message = Compose(Opened with
        {
            Kind = NotificationKind.Changed,
            Since = Now.AddHours(-3),
            Added = [Revoked],
            Resolved = [ScopeMissing],
            AlertsSentBefore = 1,
        });

        Assert.Equal("[Critical, changed] WhatsApp token \"production\" was revoked", message.Subject);
        Assert.Equal(
            [
                new("Since", "2026-11-22 00:07 UTC, 3 hours ago"),
                new("Alerts sent", "1 before this one"),
                new("New", "Token revoked"),
                new("Fixed", "Scope missing"),
            ],
            message.Timeline);
    }

    [Fact]
    public void A_changed_one_says_what_remains() =>
        Assert.Contains(
            new LabelledValue("Still open", "Scope missing"),
            Compose(Opened with { Kind = NotificationKind.Changed, Present = [Revoked, ScopeMissing], Added = [Revoked] }).Timeline);

    [Fact]
    public void Of_equally_bad_findings_the_new_one_leads()
    {
        var message = Compose(Opened with { Kind = NotificationKind.Changed, Present = [ScopeMissing, Revoked], Added = [Revoked] });

        Assert.Equal("[Critical, changed] WhatsApp token \"production\" was revoked (+1 more finding)", message.Subject);
    }

    [Fact]
    public void A_reminder_states_the_duration_the_alerts_sent_and_the_next_reminder()
    {
        var message = Compose(Opened with { Kind = NotificationKind.Reminder, Since = Now.AddDays(-2), AlertsSentBefore = 2, NextAt = Now.AddDays(1) });

        Assert.Equal("[Critical, still open] WhatsApp token \"production\" was revoked", message.Subject);
        Assert.Equal([new("Since", "2026-11-20 03:07 UTC, 2 days ago"), new("Alerts sent", "2 before this one")], message.Timeline);
        Assert.Equal("CRITICAL, REMINDER", message.Summary.Badge);
        Assert.Equal("If nothing changes, the next reminder comes in 24 hours, at 2026-11-23 03:07 UTC.", message.Next);
    }

    [Fact]
    public void A_resolved_one_says_how_long_it_lasted_what_it_was_and_which_token_is_in_place()
    {
        var message = Compose(Opened with
        {
            Kind = NotificationKind.Resolved,
            Since = Now.AddHours(-5),
            Present = [],
            Resolved = [Revoked],
            NewFingerprint = "4611725d",
        });

        Assert.Equal("[Resolved] WhatsApp token \"production\" is healthy again", message.Subject);
        Assert.Null(message.Severity);
        Assert.Equal("The problem lasted 5 hours.", message.Summary.Effect);
        Assert.Equal(
            [
                new("Duration", "5 hours, from 2026-11-21 22:07 UTC to 2026-11-22 03:07 UTC"),
                new("Fixed", "Token revoked"),
                new("New token", "in place, fingerprint 4611725d"),
            ],
            message.Timeline);
    }

    [Fact]
    public void One_that_ends_because_it_is_ignored_says_that_nothing_was_fixed()
    {
        var message = Compose(Opened with
        {
            Kind = NotificationKind.Resolved,
            Since = Now.AddHours(-5),
            Added = [],
            Present = [],
            Resolved = [ScopeMissing with { IsIgnored = true }],
        });

        Assert.Equal("[Resolved] The findings of WhatsApp token \"production\" are now ignored", message.Subject);
        Assert.Equal("The findings of \"production\" are now ignored", message.Summary.Headline);
        Assert.DoesNotContain("healthy", message.Subject + message.Summary + string.Join(' ', message.Sections), StringComparison.Ordinal);
        Assert.Equal(["Duration", "Ignored"], message.Timeline.Select(row => row.Label));
    }

    [Fact]
    public void One_of_which_a_part_was_resolved_and_a_part_accepted_is_healthy_but_for_that()
    {
        var message = Compose(Opened with { Kind = NotificationKind.Resolved, Added = [], Present = [], Resolved = [Revoked, ScopeMissing with { IsIgnored = true }] });

        Assert.Equal("[Resolved] WhatsApp token \"production\" is healthy again", message.Subject);
        Assert.Equal("All checks pass, except for ignored findings.", message.Sections[0].Impact);
        Assert.Equal(["Duration", "Fixed", "Ignored"], message.Timeline.Select(row => row.Label));
    }

    [Theory]
    [InlineData(NotificationKind.MonitorDown, "WARNING")]
    [InlineData(NotificationKind.MonitorDownReminder, "WARNING, REMINDER")]
    public void A_monitor_that_knows_that_the_token_is_valid_does_not_call_it_unknown(NotificationKind kind, string badge)
    {
        var message = Compose(MonitorDown(kind) with { IsValidityKnown = true });

        Assert.Equal((badge, "\"production\" can be checked only in part"), (message.Summary.Badge, message.Summary.Headline));
        Assert.Equal("[Warning" + (kind is NotificationKind.MonitorDown ? "" : ", still open") + "] The monitor can check WhatsApp token \"production\" only in part", message.Subject);
        Assert.Equal("It works as far as checked. What could not be checked is listed below.", message.Sections[0].Impact);
    }

    [Fact]
    public void A_resolved_message_says_that_the_old_token_still_works_only_if_it_does()
    {
        var message = Compose(Opened with { Kind = NotificationKind.Resolved, Added = [], Present = [], Resolved = [ScopeMissing], NewFingerprint = "4611725d" });

        Assert.Contains(message.Timeline, row => row.Value == "in place, fingerprint 4611725d; the old one still works, a risk only if it leaked");
    }

    [Fact]
    public void The_message_about_a_new_token_does_not_link_to_revoking_tokens()
    {
        var message = Compose(Opened with { Kind = NotificationKind.NewTokenVerified, Present = [], NewFingerprint = "4611725d" });

        Assert.Equal(Runbook.SectionOf("rotating-a-token-without-a-gap").AbsoluteUri, message.Sections[0].Steps[^1].Link!.Url.AbsoluteUri);
        Assert.All(message.Sections[0].Steps, step => Assert.NotEqual("business.facebook.com", step.Link?.Url.Host));
    }

    [Fact]
    public void The_message_about_a_new_token_says_what_to_do_if_it_was_not_planned()
    {
        var message = Compose(Opened with { Kind = NotificationKind.NewTokenVerified, Present = [], NewFingerprint = "4611725d" });

        Assert.Equal("Do nothing if this was planned", message.Summary.Action);
        Assert.StartsWith("If it was not planned, someone else can change your tokens", message.Sections[0].Steps[0].Text, StringComparison.Ordinal);
        Assert.Contains(message.Links, link => link.Url.AbsoluteUri == Runbook.SectionOf(MonitorMessages.NewTokenVerified).AbsoluteUri);
    }

    [Theory]
    [InlineData(NotificationKind.Opened, "CRITICAL, 2 FINDINGS")]
    [InlineData(NotificationKind.Reminder, "CRITICAL, REMINDER, 2 FINDINGS")]
    [InlineData(NotificationKind.Countdown, "CRITICAL, 2 FINDINGS")]
    [InlineData(NotificationKind.Changed, "CRITICAL, CHANGED, 2 FINDINGS")]
    public void Of_several_findings_the_first_line_counts_them_and_the_timeline_names_those_that_do_not_lead(NotificationKind kind, string badge)
    {
        var message = Compose(Opened with { Kind = kind, Added = [Revoked, ScopeMissing], Present = [Revoked, ScopeMissing] });

        Assert.Equal(badge, message.Summary.Badge);
        Assert.Contains(new LabelledValue(kind is NotificationKind.Changed ? "New" : "Also", "Scope missing"), message.Timeline);
    }

    [Theory]
    [InlineData("Teams", "Teams alerts about WhatsApp token \"production\" are not delivered")]
    [InlineData("e-mail", "E-mail alerts about WhatsApp token \"production\" are not delivered")]
    [InlineData(null, "Alerts about WhatsApp token \"production\" are not delivered")]
    public void A_failing_channel_is_named_in_the_subject(string? channel, string subject)
    {
        var message = Compose(Opened with { Kind = NotificationKind.ChannelFailing, Present = [], Channel = channel, ChannelFailure = "It does not answer." });

        Assert.Equal($"[Warning] {subject}", message.Subject);
    }

    [Fact]
    public void A_resolved_message_without_an_earlier_alert_names_every_finding()
    {
        var folded = (Opened with { Added = [Revoked] }).FoldInto(Opened with { Kind = NotificationKind.Resolved, Added = [], Present = [], Resolved = [ScopeMissing] });

        Assert.Equal(
            [new("Fixed", "Token revoked"), new("Fixed", "Scope missing")],
            Compose(folded).Timeline.Where(row => row.Label is "Fixed"));
    }

    [Fact]
    public void A_message_that_comes_late_says_so_and_from_when_it_is() =>
        Assert.Contains(
            new LabelledValue("Delayed", "This alert is from 2026-11-22 03:07 UTC, 4 hours ago; it could not be delivered then."),
            Messages.Compose(Opened, Now.AddHours(4)).Timeline);

    [Fact]
    public void A_blind_monitor_says_that_it_cannot_see_and_why_and_claims_nothing_about_the_token()
    {
        var message = Compose(MonitorDown(NotificationKind.MonitorDown));

        Assert.Equal("[Warning] The monitor cannot check WhatsApp token \"production\"", message.Subject);
        Assert.Equal("The token may work or not: no alert would be sent.", message.Sections[0].Impact);
        Assert.Equal([new("Since", "2026-11-22 00:07 UTC, 3 hours ago"), new("Cause", "Graph gave no answer within 10 s")], message.Timeline);
    }

    [Fact]
    public void A_recovered_monitor_states_the_duration_of_the_outage()
    {
        var message = Compose(MonitorDown(NotificationKind.MonitorRecovered));

        Assert.Equal("[Resolved] Monitoring of WhatsApp token \"production\" has recovered", message.Subject);
        Assert.Equal("It could not be checked for 3 hours.", message.Summary.Effect);
        Assert.Equal([new("Duration", "3 hours, from 2026-11-22 00:07 UTC to 2026-11-22 03:07 UTC")], message.Timeline);
    }

    [Fact]
    public void A_new_token_is_verified_by_its_fingerprint()
    {
        var message = Compose(Opened with { Kind = NotificationKind.NewTokenVerified, Present = [], Added = [], NewFingerprint = "4611725d" });

        Assert.Equal("[Verified] WhatsApp token \"production\" was replaced, and the new token is healthy", message.Subject);
        Assert.Contains("4611725d", message.Sections[0].Impact, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_channel_is_reported_with_its_reason()
    {
        var message = Compose(MonitorDown(NotificationKind.ChannelFailing) with { Channel = "e-mail", ChannelFailure = "SendGrid rejected the mail (403)." });

        Assert.Equal("[Warning] E-mail alerts about WhatsApp token \"production\" are not delivered", message.Subject);
        Assert.StartsWith("The channel has been failing for 3 hours.", message.Sections[0].Impact, StringComparison.Ordinal);
        Assert.Contains(new LabelledValue("Cause", "e-mail: SendGrid rejected the mail (403)."), message.Timeline);
    }

    [Fact]
    public void Every_message_of_an_incident_carries_its_id()
    {
        foreach (var kind in Enum.GetValues<NotificationKind>())
        {
            Assert.Equal("production-incident-1", Compose(Opened with { Kind = kind }).IncidentId);
        }
    }

    private static Notification Opened => new()
    {
        Kind = NotificationKind.Opened,
        IncidentId = "production-incident-1",
        At = Now,
        Since = Now,
        PendingChannels = ["e-mail"],
        Present = [Revoked],
        Added = [Revoked],
    };

    private static Notification MonitorDown(NotificationKind kind) => Opened with
    {
        Kind = kind,
        Since = Now.AddHours(-3),
        Present = [],
        Added = [],
        Unknowns = [new UnknownFact(FactTopic.Everything, UnknownReason.QueryFailed, UnknownCause.Error, "Graph gave no answer within 10 s")],
    };

    private static AlertMessage Compose(Notification notification) => Messages.Compose(notification, Now);
}
