using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Notifications;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Notifications;

/// <summary>What people are told as an incident goes on.</summary>
public sealed class AlertStoryTests
{
    private static readonly Finding Revoked = Healthy.Dead(Error(190, 466, "x")).Assess().Findings[0];

    private static readonly Finding ScopeMissing =
        Healthy.Debug(d => d with { Scopes = ["whatsapp_business_management"], GranularScopes = null }).Assess().Findings[0];

    [Fact]
    public void An_opened_incident_says_how_long_it_had_been_well() =>
        Assert.Equal([new("Found", "2026-11-22 03:07 UTC; it had been well for 12 days")], Compose(Opened with { HealthySince = Now.AddDays(-12) }).Story);

    [Fact]
    public void A_changed_one_says_what_is_new_what_is_no_longer_so_and_how_long_it_has_lasted()
    {
        var message = Compose(Opened with
        {
            Kind = NoticeKind.Changed,
            Since = Now.AddHours(-3),
            Added = [Revoked],
            Mended = [ScopeMissing],
            TimesToldBefore = 1,
        });

        Assert.Equal("Critical, changed: WhatsApp token \"production\" was revoked", message.Subject);
        Assert.Equal(
            [
                new("Since", "2026-11-22 00:07 UTC, 3 hours ago"),
                new("Told", "once before"),
                new("New", "it was revoked"),
                new("No longer", "it lacks the scope whatsapp_business_messaging"),
            ],
            message.Story);
    }

    [Fact]
    public void A_changed_one_says_what_remains() =>
        Assert.Contains(
            new Evidence("Remains", "it lacks the scope whatsapp_business_messaging"),
            Compose(Opened with { Kind = NoticeKind.Changed, Present = [Revoked, ScopeMissing], Added = [Revoked] }).Story);

    [Fact]
    public void Of_equally_bad_findings_the_new_one_leads()
    {
        var message = Compose(Opened with { Kind = NoticeKind.Changed, Present = [ScopeMissing, Revoked], Added = [Revoked] });

        Assert.Equal("Critical, changed: WhatsApp token \"production\" was revoked (and one more finding)", message.Subject);
    }

    [Fact]
    public void A_reminder_says_for_how_long_and_how_often_people_were_told_and_when_they_are_again()
    {
        var message = Compose(Opened with { Kind = NoticeKind.Reminder, Since = Now.AddDays(-2), TimesToldBefore = 2, NextAt = Now.AddDays(1) });

        Assert.Equal("Critical, reminder: WhatsApp token \"production\" was revoked", message.Subject);
        Assert.Equal([new("Since", "2026-11-20 03:07 UTC, 2 days ago"), new("Told", "2 times before")], message.Story);
        Assert.Equal("CRITICAL, REMINDER", message.Glance.Badge);
        Assert.Equal("If nothing changes you are reminded after 24 hours, at 2026-11-23 03:07 UTC.", message.Next);
    }

    [Fact]
    public void A_resolved_one_says_how_long_it_lasted_what_it_was_and_which_token_is_in_place()
    {
        var message = Compose(Opened with
        {
            Kind = NoticeKind.Resolved,
            Since = Now.AddHours(-5),
            Present = [],
            Mended = [Revoked],
            NewFingerprint = "4611725d",
        });

        Assert.Equal("Resolved: WhatsApp token \"production\" is healthy again", message.Subject);
        Assert.Null(message.Severity);
        Assert.Equal("The trouble lasted 5 hours.", message.Glance.Effect);
        Assert.Equal(
            [
                new("Lasted", "5 hours, from 2026-11-21 22:07 UTC to 2026-11-22 03:07 UTC"),
                new("Mended", "it was revoked"),
                new("New token", "in place, with the fingerprint 4611725d"),
            ],
            message.Story);
    }

    [Fact]
    public void One_that_ends_because_somebody_accepted_it_says_that_nobody_mended_it()
    {
        var message = Compose(Opened with
        {
            Kind = NoticeKind.Resolved,
            Since = Now.AddHours(-5),
            Added = [],
            Present = [],
            Mended = [ScopeMissing with { Accepted = true }],
        });

        Assert.Equal("Resolved: What was found of WhatsApp token \"production\" is accepted now", message.Subject);
        Assert.Equal("What was found of \"production\" is accepted now", message.Glance.Headline);
        Assert.DoesNotContain("healthy", message.Subject + message.Glance + string.Join(' ', message.Sections), StringComparison.Ordinal);
        Assert.Equal(["Lasted", "Accepted"], message.Story.Select(row => row.Name));
    }

    [Fact]
    public void One_of_which_a_part_was_mended_and_a_part_accepted_is_healthy_but_for_that()
    {
        var message = Compose(Opened with { Kind = NoticeKind.Resolved, Added = [], Present = [], Mended = [Revoked, ScopeMissing with { Accepted = true }] });

        Assert.Equal("Resolved: WhatsApp token \"production\" is healthy again", message.Subject);
        Assert.Equal("Every check passes, but for what is accepted.", message.Sections[0].Impact);
        Assert.Equal(["Lasted", "Mended", "Accepted"], message.Story.Select(row => row.Name));
    }

    [Theory]
    [InlineData(NoticeKind.Blind, "WARNING")]
    [InlineData(NoticeKind.BlindReminder, "WARNING, REMINDER")]
    public void A_monitor_that_sees_the_token_live_does_not_say_that_nobody_knows(NoticeKind kind, string badge)
    {
        var message = Compose(Blind(kind) with { IsLifeKnown = true, Cause = "The token works, but it may not inspect itself." });

        Assert.Equal((badge, "Not all of \"production\" can be checked"), (message.Glance.Badge, message.Glance.Headline));
        Assert.Equal("Warning" + (kind is NoticeKind.Blind ? "" : ", reminder") + ": The monitor cannot check all of WhatsApp token \"production\"", message.Subject);
        Assert.Equal("It works as far as was seen; what is named below is not known.", message.Sections[0].Impact);
    }

    [Fact]
    public void A_resolved_one_says_that_the_old_token_lives_on_only_where_it_does()
    {
        var message = Compose(Opened with { Kind = NoticeKind.Resolved, Added = [], Present = [], Mended = [ScopeMissing], NewFingerprint = "4611725d" });

        Assert.Contains(message.Story, row => row.Value == "in place, with the fingerprint 4611725d; the old one lives on, which does no harm unless it leaked");
    }

    [Fact]
    public void A_new_token_sends_nobody_to_the_button_that_may_end_it()
    {
        var message = Compose(Opened with { Kind = NoticeKind.NewTokenVerified, Present = [], NewFingerprint = "4611725d" });

        Assert.Equal(Runbook.SectionOf("rotating-a-token-without-a-gap").AbsoluteUri, message.Sections[0].Steps[^1].Link!.Url.AbsoluteUri);
        Assert.All(message.Sections[0].Steps, step => Assert.NotEqual("business.facebook.com", step.Link?.Url.Host));
    }

    [Fact]
    public void A_new_token_that_nobody_stored_is_somebody_elses_work_and_the_message_says_so()
    {
        var message = Compose(Opened with { Kind = NoticeKind.NewTokenVerified, Present = [], NewFingerprint = "4611725d" });

        Assert.Equal("Do nothing, if one of you did it", message.Glance.Action);
        Assert.StartsWith("If nobody did it, somebody else can write where the token is kept", message.Sections[0].Steps[0].Text, StringComparison.Ordinal);
        Assert.Contains(message.Links, link => link.Url.AbsoluteUri == Runbook.SectionOf(MonitorMessages.NewTokenVerified).AbsoluteUri);
    }

    [Theory]
    [InlineData(NoticeKind.Opened, "CRITICAL, 2 FINDINGS")]
    [InlineData(NoticeKind.Reminder, "CRITICAL, REMINDER, 2 FINDINGS")]
    [InlineData(NoticeKind.Countdown, "CRITICAL, 2 FINDINGS")]
    [InlineData(NoticeKind.Changed, "CRITICAL, CHANGED, 2 FINDINGS")]
    public void Of_several_findings_the_first_line_counts_them_and_the_story_names_those_that_do_not_lead(NoticeKind kind, string badge)
    {
        var message = Compose(Opened with { Kind = kind, Added = [Revoked, ScopeMissing], Present = [Revoked, ScopeMissing] });

        Assert.Equal(badge, message.Glance.Badge);
        Assert.Contains(new Evidence(kind is NoticeKind.Changed ? "New" : "Also", "it lacks the scope whatsapp_business_messaging"), message.Story);
    }

    [Theory]
    [InlineData("Teams", "Alerts in Teams about WhatsApp token \"production\" do not get through")]
    [InlineData("e-mail", "Alerts by e-mail about WhatsApp token \"production\" do not get through")]
    [InlineData(null, "Alerts about WhatsApp token \"production\" do not get through")]
    public void A_failing_channel_is_named_in_the_subject(string? channel, string subject)
    {
        var message = Compose(Opened with { Kind = NoticeKind.ChannelFailing, Present = [], Channel = channel, Cause = "It answers nothing." });

        Assert.Equal($"Warning: {subject}", message.Subject);
    }

    [Fact]
    public void A_resolved_one_that_nobody_was_told_of_names_all_that_it_was()
    {
        var folded = (Opened with { Added = [Revoked] }).FoldInto(Opened with { Kind = NoticeKind.Resolved, Added = [], Present = [], Mended = [ScopeMissing] });

        Assert.Equal(
            [new("Mended", "it was revoked"), new("No longer", "it lacks the scope whatsapp_business_messaging")],
            Compose(folded).Story.Where(row => row.Name is "Mended" or "No longer"));
    }

    [Fact]
    public void A_message_that_comes_late_says_so_and_from_when_it_is() =>
        Assert.Contains(
            new Evidence("Late", "Nobody here could be told when it happened, at 2026-11-22 03:07 UTC, 4 hours ago."),
            AlertComposer.Compose(Opened, "production", Messages.Origin, Now.AddHours(4)).Story);

    [Fact]
    public void A_blind_monitor_says_that_it_cannot_see_and_why_and_claims_nothing_about_the_token()
    {
        var message = Compose(Blind(NoticeKind.Blind));

        Assert.Equal("Warning: The monitor cannot see whether WhatsApp token \"production\" works", message.Subject);
        Assert.Equal("It may be well, and it may be dead: nobody would be told.", message.Sections[0].Impact);
        Assert.Equal([new("Since", "2026-11-22 00:07 UTC, 3 hours ago"), new("Cause", "Graph gave no answer within 10 s")], message.Story);
    }

    [Fact]
    public void A_monitor_that_sees_again_says_for_how_long_it_did_not()
    {
        var message = Compose(Blind(NoticeKind.SeesAgain));

        Assert.Equal("Resolved: The monitor sees WhatsApp token \"production\" again", message.Subject);
        Assert.Equal("It could not for 3 hours.", message.Glance.Effect);
        Assert.Equal([new("Lasted", "3 hours, from 2026-11-22 00:07 UTC to 2026-11-22 03:07 UTC")], message.Story);
    }

    [Fact]
    public void A_new_token_is_verified_by_its_fingerprint()
    {
        var message = Compose(Opened with { Kind = NoticeKind.NewTokenVerified, Present = [], Added = [], NewFingerprint = "4611725d" });

        Assert.Equal("Verified: WhatsApp token \"production\" was replaced, and the new one is healthy", message.Subject);
        Assert.Contains("4611725d", message.Sections[0].Impact, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_channel_is_told_with_its_reason()
    {
        var message = Compose(Blind(NoticeKind.ChannelFailing) with { Cause = "e-mail: SendGrid forbids it (403)." });

        Assert.Equal("Warning: Alerts about WhatsApp token \"production\" do not get through", message.Subject);
        Assert.StartsWith("It has been failing for 3 hours.", message.Sections[0].Impact, StringComparison.Ordinal);
        Assert.Contains(new Evidence("Cause", "e-mail: SendGrid forbids it (403)."), message.Story);
    }

    [Fact]
    public void Every_message_of_an_incident_carries_its_id()
    {
        foreach (var kind in Enum.GetValues<NoticeKind>())
        {
            Assert.Equal("production-incident-1", Compose(Opened with { Kind = kind }).IncidentId);
        }
    }

    private static Notice Opened => new()
    {
        Kind = NoticeKind.Opened,
        IncidentId = "production-incident-1",
        At = Now,
        Since = Now,
        OwedTo = ["e-mail"],
        Present = [Revoked],
        Added = [Revoked],
    };

    private static Notice Blind(NoticeKind kind) => Opened with
    {
        Kind = kind,
        Since = Now.AddHours(-3),
        Present = [],
        Added = [],
        Cause = "Graph gave no answer within 10 s",
    };

    private static AlertMessage Compose(Notice notice) => AlertComposer.Compose(notice, "production", Messages.Origin, Now);
}
