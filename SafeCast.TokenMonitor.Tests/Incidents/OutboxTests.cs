using System.Collections.Immutable;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using static SafeCast.TokenMonitor.Assessment.FindingKind;
using static SafeCast.TokenMonitor.Tests.Incidents.IncidentStory;

namespace SafeCast.TokenMonitor.Tests.Incidents;

public sealed class OutboxTests
{
    private static readonly TokenContext Shop = new() { TokenName = "production", SecretName = "token", StoreName = "a store" };

    private static UnknownFact Unknown(string why) => new(FactTopic.Everything, UnknownReason.QueryFailed, UnknownCause.Error, why);

    private static readonly IncidentSettings Two = new() { Channels = ["email", "teams"] };

    // Owed until accepted.

    [Fact]
    public void What_every_channel_accepted_is_owed_no_more()
    {
        var (memory, taken) = Take(Owing(Notice(NoticeKind.Opened)), Start);

        Assert.Empty(Record(memory, taken, Accepted("email"), Accepted("teams")).Owed);
    }

    [Fact]
    public void What_one_channel_refused_is_owed_to_it_alone()
    {
        var (memory, taken) = Take(Owing(Notice(NoticeKind.Opened)), Start);

        var owed = Assert.Single(Record(memory, taken, Accepted("email"), Refused("teams")).Owed);

        Assert.Equal(["teams"], owed.OwedTo);
        Assert.Null(owed.ClaimedUntil);
    }

    [Fact]
    public void What_nobody_answered_for_stays_owed_to_all()
    {
        var (memory, taken) = Take(Owing(Notice(NoticeKind.Opened)), Start);

        Assert.Equal(["email", "teams"], Assert.Single(Record(memory, taken).Owed).OwedTo);
    }

    [Fact]
    public void What_was_accepted_of_one_incident_leaves_another_owed()
    {
        var (memory, taken) = Take(Owing(Notice(NoticeKind.Opened, "one"), Notice(NoticeKind.Blind, "other")), Start);

        var owed = Record(memory, taken, Accepted("email", "one"), Accepted("teams", "one"), Accepted("email", "other"), Refused("teams", "other")).Owed;

        Assert.Equal(("other", "teams"), (Assert.Single(owed).IncidentId, Assert.Single(owed[0].OwedTo)));
    }

    [Fact]
    public void What_another_run_added_while_one_was_sending_stays_owed()
    {
        var (memory, taken) = Take(Owing(Notice(NoticeKind.Opened)), Start);
        memory = Outbox.Add(memory, Notice(NoticeKind.Changed, at: Start + Minutes(1), added: [AppNotSubscribed]));

        var owed = Assert.Single(Record(memory, taken, Accepted("email"), Accepted("teams")).Owed);

        Assert.Equal(NoticeKind.Changed, owed.Kind);
        Assert.Equal(["email", "teams"], owed.OwedTo);
    }

    [Fact]
    public void A_notice_owed_to_nobody_is_not_kept() =>
        Assert.Empty(Owing(Notice(NoticeKind.Opened, channels: [])).Owed);

    // Folding.

    public static TheoryData<NoticeKind, NoticeKind, NoticeKind> Folds => new()
    {
        { NoticeKind.Opened, NoticeKind.Changed, NoticeKind.Opened },
        { NoticeKind.Opened, NoticeKind.Reminder, NoticeKind.Opened },
        { NoticeKind.Opened, NoticeKind.Countdown, NoticeKind.Opened },
        { NoticeKind.Opened, NoticeKind.Resolved, NoticeKind.Resolved },
        { NoticeKind.Changed, NoticeKind.Changed, NoticeKind.Changed },
        { NoticeKind.Changed, NoticeKind.Reminder, NoticeKind.Changed },
        { NoticeKind.Changed, NoticeKind.Countdown, NoticeKind.Changed },
        { NoticeKind.Changed, NoticeKind.Resolved, NoticeKind.Resolved },
        { NoticeKind.Reminder, NoticeKind.Changed, NoticeKind.Changed },
        { NoticeKind.Reminder, NoticeKind.Reminder, NoticeKind.Reminder },
        { NoticeKind.Reminder, NoticeKind.Countdown, NoticeKind.Countdown },
        { NoticeKind.Reminder, NoticeKind.Resolved, NoticeKind.Resolved },
        { NoticeKind.Countdown, NoticeKind.Changed, NoticeKind.Changed },
        { NoticeKind.Countdown, NoticeKind.Resolved, NoticeKind.Resolved },
        { NoticeKind.Blind, NoticeKind.BlindReminder, NoticeKind.Blind },
        { NoticeKind.Blind, NoticeKind.SeesAgain, NoticeKind.SeesAgain },
        { NoticeKind.BlindReminder, NoticeKind.SeesAgain, NoticeKind.SeesAgain },
    };

    [Theory]
    [MemberData(nameof(Folds))]
    public void A_newer_notice_of_the_same_incident_takes_the_place_of_an_older_one(NoticeKind older, NoticeKind newer, NoticeKind folded)
    {
        var owed = Owing(Notice(older), Notice(newer, at: Start + Hours(1))).Owed;

        Assert.Equal(folded, Assert.Single(owed).Kind);
        Assert.Equal(Start + Hours(1), owed[0].At);
    }

    [Fact]
    public void Nothing_of_the_older_notice_is_left_out()
    {
        var opened = Notice(NoticeKind.Opened, added: [ScopeMissing, AppNotSubscribed], present: [ScopeMissing, AppNotSubscribed]) with
        {
            HealthySince = Start - Days(9),
            NextAt = Start + Hours(24),
        };
        var changed = Notice(NoticeKind.Changed, at: Start + Hours(1), added: [PhoneNumberUnreachable], mended: [AppNotSubscribed], present: [ScopeMissing, PhoneNumberUnreachable]) with
        {
            TimesToldBefore = 1,
            NextAt = Start + Hours(25),
            Token = Shop,
        };

        var folded = Assert.Single(Owing(opened, changed).Owed);

        Assert.Equal([ScopeMissing, AppNotSubscribed, PhoneNumberUnreachable], folded.Added.Select(finding => finding.Kind));
        Assert.Equal([AppNotSubscribed], folded.Mended.Select(finding => finding.Kind));
        Assert.Equal([ScopeMissing, PhoneNumberUnreachable], folded.Present.Select(finding => finding.Kind));
        Assert.Equal(Start - Days(9), folded.HealthySince);
        Assert.Equal(0, folded.TimesToldBefore);
        Assert.Equal(Start + Hours(25), folded.NextAt);
        Assert.Same(Shop, folded.Token);
    }

    [Fact]
    public void A_resolution_that_takes_the_place_of_a_change_says_all_that_was_mended_and_by_which_token()
    {
        var changed = Notice(NoticeKind.Changed, mended: [AppNotSubscribed], present: [ScopeMissing]) with { TimesToldBefore = 1 };
        var resolved = Notice(NoticeKind.Resolved, at: Start + Hours(1), mended: [ScopeMissing]) with { TimesToldBefore = 2, NewFingerprint = "bbbbbbbb" };

        var folded = Assert.Single(Owing(changed, resolved).Owed);

        Assert.Equal([AppNotSubscribed, ScopeMissing], folded.Mended.Select(finding => finding.Kind));
        Assert.Equal(("bbbbbbbb", 1), (folded.NewFingerprint, folded.TimesToldBefore));
        Assert.Empty(folded.Present);
    }

    [Fact]
    public void Of_a_finding_that_both_name_the_newer_word_counts()
    {
        var older = Notice(NoticeKind.Changed) with { Added = [Finding(DataAccessExpires)] };
        var newer = Notice(NoticeKind.Changed, at: Start + Hours(1)) with { Added = [Finding(DataAccessExpires, Severity.Critical)] };

        Assert.Equal(Severity.Critical, Assert.Single(Assert.Single(Owing(older, newer).Owed).Added).Severity);
    }

    [Fact]
    public void Blindness_that_nobody_was_told_of_says_since_when_and_the_newest_cause()
    {
        var blind = Notice(NoticeKind.Blind) with { Unknowns = [Unknown("503")] };
        var reminder = Notice(NoticeKind.BlindReminder, at: Start + Hours(24)) with { Unknowns = [Unknown("DNS")], TimesToldBefore = 1 };

        var folded = Assert.Single(Owing(blind, reminder).Owed);

        Assert.Equal((NoticeKind.Blind, "DNS", Start, 0), (folded.Kind, Assert.Single(folded.Unknowns).Diagnostic, folded.Since, folded.TimesToldBefore));
    }

    [Fact]
    public void Two_incidents_stay_two_messages()
    {
        var memory = Owing(Notice(NoticeKind.Opened, "one"), Notice(NoticeKind.Blind, "other"));

        Assert.Equal(["one", "other"], memory.Owed.Select(notice => notice.IncidentId));
        Assert.Equal(2, Outbox.For("email", Take(memory, Start).Taken).Count);
    }

    [Fact]
    public void A_channel_that_accepted_the_older_notice_gets_the_newer_one_alone_and_the_other_gets_both_in_one()
    {
        var (memory, taken) = Take(Owing(Notice(NoticeKind.Opened, added: [ScopeMissing])), Start);
        memory = Record(memory, taken, Accepted("email"), Refused("teams"));

        memory = Outbox.Add(memory, Notice(NoticeKind.Changed, at: Start + Hours(1), added: [AppNotSubscribed]) with { TimesToldBefore = 1 });
        (memory, taken) = Take(memory, Start + Hours(1));

        var mail = Assert.Single(Outbox.For("email", taken));
        Assert.Equal((NoticeKind.Changed, 1), (mail.Kind, mail.TimesToldBefore));
        Assert.Equal([AppNotSubscribed], mail.Added.Select(finding => finding.Kind));
        var card = Assert.Single(Outbox.For("teams", taken));
        Assert.Equal((NoticeKind.Opened, 0), (card.Kind, card.TimesToldBefore));
        Assert.Equal([ScopeMissing, AppNotSubscribed], card.Added.Select(finding => finding.Kind));
        Assert.Empty(Record(memory, taken, Accepted("email"), Accepted("teams")).Owed);
    }

    [Fact]
    public void A_channel_is_sent_nothing_that_only_another_is_owed() =>
        Assert.Empty(Outbox.For("email", Take(Owing(Notice(NoticeKind.Opened, channels: ["teams"])), Start).Taken));

    [Fact]
    public void A_channel_is_sent_its_messages_in_the_order_in_which_things_happened()
    {
        var memory = Owing(Notice(NoticeKind.Opened, "one"), Notice(NoticeKind.Blind, "two"), Notice(NoticeKind.NewTokenVerified, "three"));

        Assert.Equal(["one", "two", "three"], Outbox.For("email", Take(memory, Start).Taken).Select(notice => notice.IncidentId));
    }

    // Claims.

    [Fact]
    public void What_one_run_is_sending_another_does_not_send()
    {
        var (memory, taken) = Take(Owing(Notice(NoticeKind.Opened)), Start);

        Assert.Single(taken);
        Assert.Empty(Take(memory, Start + Minutes(1)).Taken);
    }

    [Fact]
    public void What_one_run_is_sending_another_whose_clock_is_somewhat_behind_does_not_send()
    {
        var (memory, _) = Take(Owing(Notice(NoticeKind.Opened)), Start);

        Assert.Empty(Take(memory, Start - TimeSpan.FromSeconds(20)).Taken);
    }

    [Fact]
    public void What_a_run_that_died_had_claimed_is_free_at_the_next_hourly_check()
    {
        var (memory, _) = Take(Owing(Notice(NoticeKind.Opened)), Start);

        Assert.Single(Take(memory, Start + Hours(1) - Minutes(5)).Taken);
    }

    [Fact]
    public void A_claim_from_before_the_clock_went_back_by_hours_holds_nobody_up()
    {
        var (memory, _) = Take(Owing(Notice(NoticeKind.Opened)), Start);

        Assert.Single(Take(memory, Start - Hours(6)).Taken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(40)]
    public void A_claim_is_free_at_the_next_hourly_check_also_when_the_clock_went_back(double minutes)
    {
        var (memory, _) = Take(Owing(Notice(NoticeKind.Opened)), Start);

        Assert.Single(Take(memory, Start - Minutes(minutes) + Hours(1)).Taken);
    }

    [Fact]
    public void A_newer_notice_does_not_touch_one_that_is_being_sent()
    {
        var (memory, _) = Take(Owing(Notice(NoticeKind.Opened, added: [ScopeMissing])), Start);

        memory = Outbox.Add(memory, Notice(NoticeKind.Changed, at: Start + Minutes(1), added: [AppNotSubscribed]));

        Assert.Equal([NoticeKind.Opened, NoticeKind.Changed], memory.Owed.Select(notice => notice.Kind));
        Assert.Equal(NoticeKind.Changed, Assert.Single(Take(memory, Start + Minutes(1)).Taken).Kind);
    }

    [Fact]
    public void What_a_run_that_died_had_claimed_is_one_message_with_what_came_since()
    {
        var (memory, _) = Take(Owing(Notice(NoticeKind.Opened, added: [ScopeMissing])), Start);
        memory = Outbox.Add(memory, Notice(NoticeKind.Resolved, at: Start + Hours(1), mended: [ScopeMissing]));

        var (next, taken) = Take(memory, Start + Hours(1));

        var message = Assert.Single(Outbox.For("email", taken));
        Assert.Equal(NoticeKind.Resolved, message.Kind);
        Assert.Equal([ScopeMissing], message.Added.Select(finding => finding.Kind));
        Assert.Empty(Record(next, taken, Accepted("email"), Accepted("teams")).Owed);
    }

    [Fact]
    public void Taking_some_claims_those_alone()
    {
        var (memory, taken) = Take(Owing(Notice(NoticeKind.Opened, "one"), Notice(NoticeKind.Blind, "other")), Start, notice => notice.IncidentId == "other");

        Assert.Equal("other", Assert.Single(taken).IncidentId);
        Assert.Equal(["other"], memory.Owed.Where(notice => notice.ClaimedUntil is not null).Select(notice => notice.IncidentId));
    }

    // Channels that fail.

    [Fact]
    public void A_channel_that_fails_at_three_checks_running_is_told_on_the_others_once_and_never_on_itself()
    {
        var memory = Owing(Notice(NoticeKind.Opened));
        var told = new List<(int Check, Notice Notice)>();
        for (var check = 1; check <= 6; check++)
        {
            (memory, var taken) = Take(memory, Start + Hours(check));
            memory = Record(memory, taken, Accepted("email"), Refused("teams", reason: $"answered 40{check}"));
            told.AddRange(memory.Owed.Where(notice => notice.Kind is NoticeKind.ChannelFailing).Select(notice => (check, notice)));
            memory = memory with { Owed = memory.Owed.RemoveAll(notice => notice.Kind is NoticeKind.ChannelFailing) };
        }

        var (at, failing) = Assert.Single(told);
        Assert.Equal(3, at);
        Assert.Equal(["email"], failing.OwedTo);
        Assert.Equal(("teams", "answered 403"), (failing.Channel, failing.ChannelFailure));
        Assert.Equal(Start, failing.Since);
        Assert.Equal("production-teams-failing-20260301T030700Z", failing.IncidentId);
        Assert.Equal(new ChannelTrouble(6, Start, "answered 406", IsTold: true) { IncidentId = "one" }, memory.Failing["teams"]);
    }

    [Fact]
    public void A_channel_that_recovers_begins_anew()
    {
        var memory = Owing(Notice(NoticeKind.Opened));
        foreach (var answer in new[] { Refused("teams"), Refused("teams"), Accepted("teams"), Refused("teams"), Refused("teams") })
        {
            (memory, var taken) = Take(Outbox.Add(memory, Notice(NoticeKind.Reminder)), Start);
            memory = Record(memory, taken, Accepted("email"), answer);
        }

        Assert.Equal(2, memory.Failing["teams"].Checks);
        Assert.DoesNotContain(memory.Owed, notice => notice.Kind is NoticeKind.ChannelFailing);
    }

    [Fact]
    public void A_channel_that_fails_again_after_it_had_recovered_is_told_again()
    {
        var memory = TokenMemory.Empty;
        var told = 0;
        foreach (var answer in new[] { Refused("teams"), Refused("teams"), Refused("teams"), Accepted("teams"), Refused("teams"), Refused("teams"), Refused("teams") })
        {
            memory = Record(memory, [], answer);
            told += memory.Owed.Count;
            memory = memory with { Owed = [] };
        }

        Assert.Equal(2, told);
    }

    [Fact]
    public void A_channel_that_took_some_and_refused_others_fails()
    {
        var memory = Record(TokenMemory.Empty, [], Accepted("teams", "one"), Refused("teams", "two"), Accepted("teams", "three"));

        Assert.Equal(1, memory.Failing["teams"].Checks);
    }

    [Fact]
    public void A_channel_that_refused_several_messages_of_one_check_failed_at_one_check()
    {
        var memory = Record(TokenMemory.Empty, [], Refused("teams", "one"), Refused("teams", "two"), Refused("teams", "three"));

        Assert.Equal(1, memory.Failing["teams"].Checks);
        Assert.Empty(memory.Owed);
    }

    [Fact]
    public void A_channel_that_was_sent_nothing_neither_fails_nor_recovers()
    {
        var memory = Record(TokenMemory.Empty, [], Refused("teams"));

        memory = Record(memory, [], Accepted("email"));

        Assert.Equal(1, memory.Failing["teams"].Checks);
    }

    [Fact]
    public void The_only_channel_failing_is_told_to_nobody_and_remembered()
    {
        var memory = TokenMemory.Empty;
        for (var check = 0; check < 5; check++)
        {
            memory = Outbox.Record(memory, "production", [], [Refused("email")], new IncidentSettings { Channels = ["email"] }, Start);
        }

        Assert.Empty(memory.Owed);
        Assert.Equal((5, false), (memory.Failing["email"].Checks, memory.Failing["email"].IsTold));
    }

    [Fact]
    public void The_only_channel_s_failure_is_told_once_another_is_added()
    {
        var memory = TokenMemory.Empty;
        for (var check = 0; check < 3; check++)
        {
            memory = Outbox.Record(memory, "production", [], [Refused("email")], new IncidentSettings { Channels = ["email"] }, Start);
        }

        Assert.Equal(["teams"], Assert.Single(Record(memory, [], Refused("email")).Owed).OwedTo);
    }

    [Fact]
    public void Where_all_channels_fail_each_is_owed_word_of_the_other_and_what_was_owed_stays_owed()
    {
        var memory = Owing(Notice(NoticeKind.Opened));
        for (var check = 1; check <= 4; check++)
        {
            (memory, var taken) = Take(memory, Start + Hours(check));
            memory = Record(memory, taken, Refused("email"), Refused("teams"));
        }

        Assert.Equal(
            ["Opened to email, teams", "ChannelFailing to teams", "ChannelFailing to email"],
            memory.Owed.Select(notice => $"{notice.Kind} to {string.Join(", ", notice.OwedTo)}"));
    }

    [Fact]
    public void What_one_channel_took_of_two_notices_leaves_one_to_the_other_channel()
    {
        var memory = Owing(Notice(NoticeKind.Opened, added: [ScopeMissing], present: [ScopeMissing], channels: ["teams"]));
        memory = Outbox.Add(memory, Notice(NoticeKind.Changed, at: Start + Hours(1), added: [AppNotSubscribed], present: [ScopeMissing, AppNotSubscribed]));
        (memory, var taken) = Take(memory, Start + Hours(1));

        var owed = Assert.Single(Record(memory, taken, Accepted("email"), Refused("teams")).Owed);

        Assert.Equal((NoticeKind.Opened, "teams"), (owed.Kind, Assert.Single(owed.OwedTo)));
        Assert.Equal([ScopeMissing, AppNotSubscribed], owed.Added.Select(finding => finding.Kind));
    }

    [Fact]
    public void What_another_run_is_sending_is_folded_into_nothing()
    {
        var memory = Owing(Notice(NoticeKind.Opened, channels: ["teams"]));
        (memory, _) = Take(memory, Start);
        memory = Outbox.Add(memory, Notice(NoticeKind.Changed, at: Start + Minutes(1)));
        (memory, var taken) = Take(memory, Start + Minutes(1));

        Assert.Equal([NoticeKind.Opened, NoticeKind.Changed], Record(memory, taken, Accepted("email"), Refused("teams")).Owed.Select(notice => notice.Kind));
    }

    [Fact]
    public void A_channel_that_failed_begins_behind_the_message_that_it_did_not_take()
    {
        Notice[] owed = [Notice(NoticeKind.Resolved, "one"), Notice(NoticeKind.Resolved, "two"), Notice(NoticeKind.Opened, "three")];
        string[] Order(string? failed) => [.. Outbox.For("teams", owed, failed is null ? null : new ChannelTrouble(1, Start, "answered 400", IsTold: false) { IncidentId = failed }).Select(notice => notice.IncidentId)];

        Assert.Equal(["one", "two", "three"], Order(null));
        Assert.Equal(["two", "three", "one"], Order("one"));
        Assert.Equal(["one", "two", "three"], Order("three"));
        Assert.Equal(["one", "two", "three"], Order("one that is owed no more"));
    }

    private static TokenMemory Owing(params Notice[] notices) => notices.Aggregate(TokenMemory.Empty, Outbox.Add);

    private static TokenMemory Record(TokenMemory memory, ImmutableList<Notice> taken, params ChannelAnswer[] answers) =>
        Outbox.Record(memory, "production", taken, answers, Two, Start);

    private static ChannelAnswer Accepted(string channel, string incident = "one") => new(channel, incident, null);

    private static ChannelAnswer Refused(string channel, string incident = "one", string reason = "answered 404") => new(channel, incident, reason);

    private static Notice Notice(
        NoticeKind kind,
        string incident = "one",
        DateTimeOffset? at = null,
        FindingKind[]? added = null,
        FindingKind[]? mended = null,
        FindingKind[]? present = null,
        string[]? channels = null) => new()
        {
            Kind = kind,
            IncidentId = incident,
            At = at ?? Start,
            Since = Start,
            OwedTo = [.. channels ?? ["email", "teams"]],
            Added = [.. (added ?? []).Select(one => Finding(one))],
            Mended = [.. (mended ?? []).Select(one => Finding(one))],
            Present = [.. (present ?? []).Select(one => Finding(one))],
        };

    // Each time another run.
    private static (TokenMemory Next, ImmutableList<Notice> Taken) Take(TokenMemory memory, DateTimeOffset now, Func<Notice, bool>? some = null) =>
        Outbox.Take(memory, Guid.NewGuid().ToString("N"), now, some);
}
