using System.Collections.Immutable;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using static SafeCast.TokenMonitor.Assessment.FindingKind;
using static SafeCast.TokenMonitor.Tests.Incidents.IncidentScenario;

namespace SafeCast.TokenMonitor.Tests.Incidents;

public sealed class OutboxTests
{
    private static readonly TokenContext Shop = new() { TokenName = "production", SecretName = "token", StoreName = "a store" };

    private static UnknownFact Unknown(string why) => new(FactTopic.Everything, UnknownReason.QueryFailed, UnknownCause.Error, why);

    private static readonly IncidentSettings Two = new() { Channels = ["email", "teams"] };

    // PendingNotifications until accepted.

    [Fact]
    public void Two_notifications_are_the_same_if_incident_time_and_kind_are()
    {
        var one = Notification(NotificationKind.Opened, "one");

        Assert.True(Outbox.IsSame(one, one with { AlertsSentBefore = 3 }));
        Assert.False(Outbox.IsSame(one, one with { IncidentId = "other" }));
        Assert.False(Outbox.IsSame(one, one with { At = one.At + Minutes(1) }));
        Assert.False(Outbox.IsSame(one, one with { Kind = NotificationKind.Changed }));
    }

    [Fact]
    public void Notifications_that_every_channel_accepted_are_dropped()
    {
        var (state, taken) = Take(Owing(Notification(NotificationKind.Opened)), Start);

        Assert.Empty(Record(state, taken, Accepted("email"), Accepted("teams")).PendingNotifications);
    }

    [Fact]
    public void What_one_channel_refused_is_pending_to_it_alone()
    {
        var (state, taken) = Take(Owing(Notification(NotificationKind.Opened)), Start);

        var pending = Assert.Single(Record(state, taken, Accepted("email"), Refused("teams")).PendingNotifications);

        Assert.Equal(["teams"], pending.PendingChannels);
        Assert.Null(pending.ClaimedUntil);
    }

    [Fact]
    public void A_message_without_an_answer_stays_pending_for_all_channels()
    {
        var (state, taken) = Take(Owing(Notification(NotificationKind.Opened)), Start);

        Assert.Equal(["email", "teams"], Assert.Single(Record(state, taken).PendingNotifications).PendingChannels);
    }

    [Fact]
    public void What_was_accepted_of_one_incident_leaves_another_pending()
    {
        var (state, taken) = Take(Owing(Notification(NotificationKind.Opened, "one"), Notification(NotificationKind.MonitorDown, "other")), Start);

        var pending = Record(state, taken, Accepted("email", "one"), Accepted("teams", "one"), Accepted("email", "other"), Refused("teams", "other")).PendingNotifications;

        Assert.Equal(("other", "teams"), (Assert.Single(pending).IncidentId, Assert.Single(pending[0].PendingChannels)));
    }

    [Fact]
    public void What_another_run_added_while_one_was_sending_stays_pending()
    {
        var (state, taken) = Take(Owing(Notification(NotificationKind.Opened)), Start);
        state = Outbox.Add(state, Notification(NotificationKind.Changed, at: Start + Minutes(1), added: [AppNotSubscribed]));

        var pending = Assert.Single(Record(state, taken, Accepted("email"), Accepted("teams")).PendingNotifications);

        Assert.Equal(NotificationKind.Changed, pending.Kind);
        Assert.Equal(["email", "teams"], pending.PendingChannels);
    }

    [Fact]
    public void A_notification_without_pending_channels_is_not_stored() =>
        Assert.Empty(Owing(Notification(NotificationKind.Opened, channels: [])).PendingNotifications);

    // Folding.

    public static TheoryData<NotificationKind, NotificationKind, NotificationKind> Folds => new()
    {
        { NotificationKind.Opened, NotificationKind.Changed, NotificationKind.Opened },
        { NotificationKind.Opened, NotificationKind.Reminder, NotificationKind.Opened },
        { NotificationKind.Opened, NotificationKind.Countdown, NotificationKind.Opened },
        { NotificationKind.Opened, NotificationKind.Resolved, NotificationKind.Resolved },
        { NotificationKind.Changed, NotificationKind.Changed, NotificationKind.Changed },
        { NotificationKind.Changed, NotificationKind.Reminder, NotificationKind.Changed },
        { NotificationKind.Changed, NotificationKind.Countdown, NotificationKind.Changed },
        { NotificationKind.Changed, NotificationKind.Resolved, NotificationKind.Resolved },
        { NotificationKind.Reminder, NotificationKind.Changed, NotificationKind.Changed },
        { NotificationKind.Reminder, NotificationKind.Reminder, NotificationKind.Reminder },
        { NotificationKind.Reminder, NotificationKind.Countdown, NotificationKind.Countdown },
        { NotificationKind.Reminder, NotificationKind.Resolved, NotificationKind.Resolved },
        { NotificationKind.Countdown, NotificationKind.Changed, NotificationKind.Changed },
        { NotificationKind.Countdown, NotificationKind.Resolved, NotificationKind.Resolved },
        { NotificationKind.MonitorDown, NotificationKind.MonitorDownReminder, NotificationKind.MonitorDown },
        { NotificationKind.MonitorDown, NotificationKind.MonitorRecovered, NotificationKind.MonitorRecovered },
        { NotificationKind.MonitorDownReminder, NotificationKind.MonitorRecovered, NotificationKind.MonitorRecovered },
    };

    [Theory]
    [MemberData(nameof(Folds))]
    public void A_newer_notification_of_the_same_incident_replaces_an_older_one(NotificationKind older, NotificationKind newer, NotificationKind folded)
    {
        var pending = Owing(Notification(older), Notification(newer, at: Start + Hours(1))).PendingNotifications;

        Assert.Equal(folded, Assert.Single(pending).Kind);
        Assert.Equal(Start + Hours(1), pending[0].At);
    }

    [Fact]
    public void Nothing_of_the_older_notification_is_left_out()
    {
        var opened = Notification(NotificationKind.Opened, added: [ScopeMissing, AppNotSubscribed], present: [ScopeMissing, AppNotSubscribed]) with
        {
            HealthySince = Start - Days(9),
            NextAt = Start + Hours(24),
        };
        var changed = Notification(NotificationKind.Changed, at: Start + Hours(1), added: [PhoneNumberUnreachable], resolved: [AppNotSubscribed], present: [ScopeMissing, PhoneNumberUnreachable]) with
        {
            AlertsSentBefore = 1,
            NextAt = Start + Hours(25),
            Token = Shop,
        };

        var folded = Assert.Single(Owing(opened, changed).PendingNotifications);

        Assert.Equal([ScopeMissing, AppNotSubscribed, PhoneNumberUnreachable], folded.Added.Select(finding => finding.Kind));
        Assert.Equal([AppNotSubscribed], folded.Resolved.Select(finding => finding.Kind));
        Assert.Equal([ScopeMissing, PhoneNumberUnreachable], folded.Present.Select(finding => finding.Kind));
        Assert.Equal(Start - Days(9), folded.HealthySince);
        Assert.Equal(0, folded.AlertsSentBefore);
        Assert.Equal(Start + Hours(25), folded.NextAt);
        Assert.Same(Shop, folded.Token);
    }

    [Fact]
    public void A_resolution_that_replaces_a_change_names_everything_resolved_and_the_token()
    {
        var changed = Notification(NotificationKind.Changed, resolved: [AppNotSubscribed], present: [ScopeMissing]) with { AlertsSentBefore = 1 };
        var resolved = Notification(NotificationKind.Resolved, at: Start + Hours(1), resolved: [ScopeMissing]) with { AlertsSentBefore = 2, NewFingerprint = "bbbbbbbb" };

        var folded = Assert.Single(Owing(changed, resolved).PendingNotifications);

        Assert.Equal([AppNotSubscribed, ScopeMissing], folded.Resolved.Select(finding => finding.Kind));
        Assert.Equal(("bbbbbbbb", 1), (folded.NewFingerprint, folded.AlertsSentBefore));
        Assert.Empty(folded.Present);
    }

    [Fact]
    public void Of_a_finding_that_both_name_the_newer_word_counts()
    {
        var older = Notification(NotificationKind.Changed) with { Added = [Finding(DataAccessExpires)] };
        var newer = Notification(NotificationKind.Changed, at: Start + Hours(1)) with { Added = [Finding(DataAccessExpires, Severity.Critical)] };

        Assert.Equal(Severity.Critical, Assert.Single(Assert.Single(Owing(older, newer).PendingNotifications).Added).Severity);
    }

    [Fact]
    public void An_outage_without_an_alert_says_since_when_and_the_newest_cause()
    {
        var blind = Notification(NotificationKind.MonitorDown) with { Unknowns = [Unknown("503")] };
        var reminder = Notification(NotificationKind.MonitorDownReminder, at: Start + Hours(24)) with { Unknowns = [Unknown("DNS")], AlertsSentBefore = 1 };

        var folded = Assert.Single(Owing(blind, reminder).PendingNotifications);

        Assert.Equal((NotificationKind.MonitorDown, "DNS", Start, 0), (folded.Kind, Assert.Single(folded.Unknowns).Diagnostic, folded.Since, folded.AlertsSentBefore));
    }

    [Fact]
    public void Two_incidents_stay_two_messages()
    {
        var state = Owing(Notification(NotificationKind.Opened, "one"), Notification(NotificationKind.MonitorDown, "other"));

        Assert.Equal(["one", "other"], state.PendingNotifications.Select(notification => notification.IncidentId));
        Assert.Equal(2, Outbox.For("email", Take(state, Start).Taken).Count);
    }

    [Fact]
    public void A_channel_that_accepted_the_older_notification_gets_the_newer_one_alone_and_the_other_gets_both_in_one()
    {
        var (state, taken) = Take(Owing(Notification(NotificationKind.Opened, added: [ScopeMissing])), Start);
        state = Record(state, taken, Accepted("email"), Refused("teams"));

        state = Outbox.Add(state, Notification(NotificationKind.Changed, at: Start + Hours(1), added: [AppNotSubscribed]) with { AlertsSentBefore = 1 });
        (state, taken) = Take(state, Start + Hours(1));

        var mail = Assert.Single(Outbox.For("email", taken));
        Assert.Equal((NotificationKind.Changed, 1), (mail.Kind, mail.AlertsSentBefore));
        Assert.Equal([AppNotSubscribed], mail.Added.Select(finding => finding.Kind));
        var card = Assert.Single(Outbox.For("teams", taken));
        Assert.Equal((NotificationKind.Opened, 0), (card.Kind, card.AlertsSentBefore));
        Assert.Equal([ScopeMissing, AppNotSubscribed], card.Added.Select(finding => finding.Kind));
        Assert.Empty(Record(state, taken, Accepted("email"), Accepted("teams")).PendingNotifications);
    }

    [Fact]
    public void A_channel_is_sent_nothing_that_is_pending_only_for_another() =>
        Assert.Empty(Outbox.For("email", Take(Owing(Notification(NotificationKind.Opened, channels: ["teams"])), Start).Taken));

    [Fact]
    public void A_channel_is_sent_its_messages_in_the_order_in_which_things_happened()
    {
        var state = Owing(Notification(NotificationKind.Opened, "one"), Notification(NotificationKind.MonitorDown, "two"), Notification(NotificationKind.NewTokenVerified, "three"));

        Assert.Equal(["one", "two", "three"], Outbox.For("email", Take(state, Start).Taken).Select(notification => notification.IncidentId));
    }

    // Claims.

    [Fact]
    public void What_one_run_is_sending_another_does_not_send()
    {
        var (state, taken) = Take(Owing(Notification(NotificationKind.Opened)), Start);

        Assert.Single(taken);
        Assert.Empty(Take(state, Start + Minutes(1)).Taken);
    }

    [Fact]
    public void What_one_run_is_sending_another_whose_clock_is_somewhat_behind_does_not_send()
    {
        var (state, _) = Take(Owing(Notification(NotificationKind.Opened)), Start);

        Assert.Empty(Take(state, Start - TimeSpan.FromSeconds(20)).Taken);
    }

    [Fact]
    public void What_a_run_that_died_had_claimed_is_free_at_the_next_hourly_check()
    {
        var (state, _) = Take(Owing(Notification(NotificationKind.Opened)), Start);

        Assert.Single(Take(state, Start + Hours(1) - Minutes(5)).Taken);
    }

    [Fact]
    public void A_claim_from_before_the_clock_was_set_back_blocks_no_run()
    {
        var (state, _) = Take(Owing(Notification(NotificationKind.Opened)), Start);

        Assert.Single(Take(state, Start - Hours(6)).Taken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(40)]
    public void A_claim_is_free_at_the_next_hourly_check_also_when_the_clock_went_back(double minutes)
    {
        var (state, _) = Take(Owing(Notification(NotificationKind.Opened)), Start);

        Assert.Single(Take(state, Start - Minutes(minutes) + Hours(1)).Taken);
    }

    [Fact]
    public void A_newer_notification_does_not_touch_one_that_is_being_sent()
    {
        var (state, _) = Take(Owing(Notification(NotificationKind.Opened, added: [ScopeMissing])), Start);

        state = Outbox.Add(state, Notification(NotificationKind.Changed, at: Start + Minutes(1), added: [AppNotSubscribed]));

        Assert.Equal([NotificationKind.Opened, NotificationKind.Changed], state.PendingNotifications.Select(notification => notification.Kind));
        Assert.Equal(NotificationKind.Changed, Assert.Single(Take(state, Start + Minutes(1)).Taken).Kind);
    }

    [Fact]
    public void What_a_run_that_died_had_claimed_is_one_message_with_what_came_since()
    {
        var (state, _) = Take(Owing(Notification(NotificationKind.Opened, added: [ScopeMissing])), Start);
        state = Outbox.Add(state, Notification(NotificationKind.Resolved, at: Start + Hours(1), resolved: [ScopeMissing]));

        var (next, taken) = Take(state, Start + Hours(1));

        var message = Assert.Single(Outbox.For("email", taken));
        Assert.Equal(NotificationKind.Resolved, message.Kind);
        Assert.Equal([ScopeMissing], message.Added.Select(finding => finding.Kind));
        Assert.Empty(Record(next, taken, Accepted("email"), Accepted("teams")).PendingNotifications);
    }

    [Fact]
    public void Taking_some_claims_those_alone()
    {
        var (state, taken) = Take(Owing(Notification(NotificationKind.Opened, "one"), Notification(NotificationKind.MonitorDown, "other")), Start, notification => notification.IncidentId == "other");

        Assert.Equal("other", Assert.Single(taken).IncidentId);
        Assert.Equal(["other"], state.PendingNotifications.Where(notification => notification.ClaimedUntil is not null).Select(notification => notification.IncidentId));
    }

    // Channels that fail.

    [Fact]
    public void A_channel_that_fails_at_three_checks_running_is_reported_on_the_others_once_and_never_on_itself()
    {
        var state = Owing(Notification(NotificationKind.Opened));
        var sent = new List<(int Check, Notification Notification)>();
        for (var check = 1; check <= 6; check++)
        {
            (state, var taken) = Take(state, Start + Hours(check));
            state = Record(state, taken, Accepted("email"), Refused("teams", reason: $"answered 40{check}"));
            sent.AddRange(state.PendingNotifications.Where(notification => notification.Kind is NotificationKind.ChannelFailing).Select(notification => (check, notification)));
            state = state with { PendingNotifications = state.PendingNotifications.RemoveAll(notification => notification.Kind is NotificationKind.ChannelFailing) };
        }

        var (at, failing) = Assert.Single(sent);
        Assert.Equal(3, at);
        Assert.Equal(["email"], failing.PendingChannels);
        Assert.Equal(("teams", "answered 403"), (failing.Channel, failing.ChannelFailure));
        Assert.Equal(Start, failing.Since);
        Assert.Equal("production-teams-failing-20260301T030700Z", failing.IncidentId);
        Assert.Equal(new ChannelFailure(6, Start, "answered 406", IsReported: true) { IncidentId = "one" }, state.Failing["teams"]);
    }

    [Fact]
    public void The_failure_count_of_a_recovered_channel_restarts()
    {
        var state = Owing(Notification(NotificationKind.Opened));
        foreach (var answer in new[] { Refused("teams"), Refused("teams"), Accepted("teams"), Refused("teams"), Refused("teams") })
        {
            (state, var taken) = Take(Outbox.Add(state, Notification(NotificationKind.Reminder)), Start);
            state = Record(state, taken, Accepted("email"), answer);
        }

        Assert.Equal(2, state.Failing["teams"].Checks);
        Assert.DoesNotContain(state.PendingNotifications, notification => notification.Kind is NotificationKind.ChannelFailing);
    }

    [Fact]
    public void A_channel_that_fails_again_after_it_had_recovered_is_reported_again()
    {
        var state = TokenState.Empty;
        var sent = 0;
        foreach (var answer in new[] { Refused("teams"), Refused("teams"), Refused("teams"), Accepted("teams"), Refused("teams"), Refused("teams"), Refused("teams") })
        {
            state = Record(state, [], answer);
            sent += state.PendingNotifications.Count;
            state = state with { PendingNotifications = [] };
        }

        Assert.Equal(2, sent);
    }

    [Fact]
    public void A_channel_that_took_some_and_refused_others_fails()
    {
        var state = Record(TokenState.Empty, [], Accepted("teams", "one"), Refused("teams", "two"), Accepted("teams", "three"));

        Assert.Equal(1, state.Failing["teams"].Checks);
    }

    [Fact]
    public void A_channel_that_refused_several_messages_of_one_check_failed_at_one_check()
    {
        var state = Record(TokenState.Empty, [], Refused("teams", "one"), Refused("teams", "two"), Refused("teams", "three"));

        Assert.Equal(1, state.Failing["teams"].Checks);
        Assert.Empty(state.PendingNotifications);
    }

    [Fact]
    public void A_channel_that_was_sent_nothing_neither_fails_nor_recovers()
    {
        var state = Record(TokenState.Empty, [], Refused("teams"));

        state = Record(state, [], Accepted("email"));

        Assert.Equal(1, state.Failing["teams"].Checks);
    }

    [Fact]
    public void The_only_channel_failing_sends_no_alert_and_is_stored()
    {
        var state = TokenState.Empty;
        for (var check = 0; check < 5; check++)
        {
            state = Outbox.Record(state, "production", [], [Refused("email")], new IncidentSettings { Channels = ["email"] }, Start);
        }

        Assert.Empty(state.PendingNotifications);
        Assert.Equal((5, false), (state.Failing["email"].Checks, state.Failing["email"].IsReported));
    }

    [Fact]
    public void The_only_channel_s_failure_is_reported_once_another_is_added()
    {
        var state = TokenState.Empty;
        for (var check = 0; check < 3; check++)
        {
            state = Outbox.Record(state, "production", [], [Refused("email")], new IncidentSettings { Channels = ["email"] }, Start);
        }

        Assert.Equal(["teams"], Assert.Single(Record(state, [], Refused("email")).PendingNotifications).PendingChannels);
    }

    [Fact]
    public void If_all_channels_fail_each_has_an_alert_about_the_other_pending()
    {
        var state = Owing(Notification(NotificationKind.Opened));
        for (var check = 1; check <= 4; check++)
        {
            (state, var taken) = Take(state, Start + Hours(check));
            state = Record(state, taken, Refused("email"), Refused("teams"));
        }

        Assert.Equal(
            ["Opened to email, teams", "ChannelFailing to teams", "ChannelFailing to email"],
            state.PendingNotifications.Select(notification => $"{notification.Kind} to {string.Join(", ", notification.PendingChannels)}"));
    }

    [Fact]
    public void What_one_channel_took_of_two_notices_leaves_one_to_the_other_channel()
    {
        var state = Owing(Notification(NotificationKind.Opened, added: [ScopeMissing], present: [ScopeMissing], channels: ["teams"]));
        state = Outbox.Add(state, Notification(NotificationKind.Changed, at: Start + Hours(1), added: [AppNotSubscribed], present: [ScopeMissing, AppNotSubscribed]));
        (state, var taken) = Take(state, Start + Hours(1));

        var pending = Assert.Single(Record(state, taken, Accepted("email"), Refused("teams")).PendingNotifications);

        Assert.Equal((NotificationKind.Opened, "teams"), (pending.Kind, Assert.Single(pending.PendingChannels)));
        Assert.Equal([ScopeMissing, AppNotSubscribed], pending.Added.Select(finding => finding.Kind));
    }

    [Fact]
    public void What_another_run_is_sending_is_folded_into_nothing()
    {
        var state = Owing(Notification(NotificationKind.Opened, channels: ["teams"]));
        (state, _) = Take(state, Start);
        state = Outbox.Add(state, Notification(NotificationKind.Changed, at: Start + Minutes(1)));
        (state, var taken) = Take(state, Start + Minutes(1));

        Assert.Equal([NotificationKind.Opened, NotificationKind.Changed], Record(state, taken, Accepted("email"), Refused("teams")).PendingNotifications.Select(notification => notification.Kind));
    }

    [Fact]
    public void A_channel_that_failed_begins_behind_the_message_that_it_did_not_take()
    {
        Notification[] pending = [Notification(NotificationKind.Resolved, "one"), Notification(NotificationKind.Resolved, "two"), Notification(NotificationKind.Opened, "three")];
        string[] Order(string? failed) => [.. Outbox.For("teams", pending, failed is null ? null : new ChannelFailure(1, Start, "answered 400", IsReported: false) { IncidentId = failed }).Select(notification => notification.IncidentId)];

        Assert.Equal(["one", "two", "three"], Order(null));
        Assert.Equal(["two", "three", "one"], Order("one"));
        Assert.Equal(["one", "two", "three"], Order("three"));
        Assert.Equal(["one", "two", "three"], Order("one that is no longer pending"));
    }

    private static TokenState Owing(params Notification[] notifications) => notifications.Aggregate(TokenState.Empty, Outbox.Add);

    private static TokenState Record(TokenState state, ImmutableList<Notification> taken, params ChannelAnswer[] answers) =>
        Outbox.Record(state, "production", taken, answers, Two, Start);

    private static ChannelAnswer Accepted(string channel, string incident = "one") => new(channel, incident, null);

    private static ChannelAnswer Refused(string channel, string incident = "one", string reason = "answered 404") => new(channel, incident, reason);

    private static Notification Notification(
        NotificationKind kind,
        string incident = "one",
        DateTimeOffset? at = null,
        FindingKind[]? added = null,
        FindingKind[]? resolved = null,
        FindingKind[]? present = null,
        string[]? channels = null) => new()
        {
            Kind = kind,
            IncidentId = incident,
            At = at ?? Start,
            Since = Start,
            PendingChannels = [.. channels ?? ["email", "teams"]],
            Added = [.. (added ?? []).Select(one => Finding(one))],
            Resolved = [.. (resolved ?? []).Select(one => Finding(one))],
            Present = [.. (present ?? []).Select(one => Finding(one))],
        };

    // Each time another run.
    private static (TokenState Next, ImmutableList<Notification> Taken) Take(TokenState state, DateTimeOffset now, Func<Notification, bool>? some = null) =>
        Outbox.Claim(state, Guid.NewGuid().ToString("N"), now, some);
}
