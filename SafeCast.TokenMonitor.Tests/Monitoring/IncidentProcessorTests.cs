using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Tests.Incidents;
using SafeCast.TokenMonitor.Tests.Incidents.Stores;
using SafeCast.TokenMonitor.Tests.Support;
using static SafeCast.TokenMonitor.Assessment.FindingKind;
using static SafeCast.TokenMonitor.Tests.Incidents.IncidentScenario;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

public sealed class IncidentProcessorTests
{
    private readonly FakeDocumentStore _documents = new();
    private readonly FakeTimeProvider _time = new(Start);
    private readonly List<string> _sent = [];
    private readonly Dictionary<string, string> _refusals = [];
    private readonly List<string> _rememberedWhenSent = [];

    private static string[] Opened { get; } = ["email: Opened", "teams: Opened"];

    // In order.

    [Fact]
    public async Task What_is_pending_is_stored_before_it_is_sent_and_forgotten_when_it_was_accepted()
    {
        var result = await Check(Sees(ScopeMissing));

        Assert.Equal(Opened, _sent.Order());
        Assert.All(_rememberedWhenSent, document => Assert.Contains("\"pendingChannels\"", document, StringComparison.Ordinal));
        Assert.Equal(2, _documents.Writes);
        Assert.Empty((await StoredState()).PendingNotifications);
        Assert.NotNull((await StoredState()).Incident);
        Assert.Equal([NotificationReason.IncidentOpened], result.Reasons);
        Assert.Equal(["email", "teams"], result.Deliveries.Select(delivery => delivery.Channel).Order());
        Assert.Equal((null, null), (result.Unread, result.Unwritten));
        Assert.True(StateStore.AreAlike(await StoredState(), result.State));
    }

    [Fact]
    public async Task A_check_that_changes_nothing_writes_nothing()
    {
        await Check(Sees(ScopeMissing));
        var writes = _documents.Writes;

        var result = await CheckAnHourLater(Sees(ScopeMissing));

        Assert.Equal(writes, _documents.Writes);
        Assert.Equal([NotificationReason.ReminderNotDue], result.Reasons);
        Assert.Empty(result.Deliveries);
    }

    [Fact]
    public async Task What_a_channel_refused_is_sent_to_it_alone_at_the_next_check()
    {
        _refusals["teams"] = "answered 503";
        await Check(Sees(ScopeMissing));
        _refusals.Clear();
        _sent.Clear();

        await CheckAnHourLater(Sees(ScopeMissing));

        Assert.Equal(["teams: Opened"], _sent);
        Assert.Empty((await StoredState()).PendingNotifications);
    }

    [Fact]
    public async Task An_incident_without_a_sent_alert_is_one_message_when_it_is_resolved()
    {
        _refusals["email"] = _refusals["teams"] = "answered 503";
        await Check(Sees(ScopeMissing));
        _refusals.Clear();
        _sent.Clear();

        await CheckAnHourLater(SeesNothingWrong());

        Assert.Equal(["email: Resolved", "teams: Resolved"], _sent.Order());
    }

    [Fact]
    public async Task A_channel_that_failed_at_three_checks_is_reported_on_the_other_at_that_check()
    {
        _refusals["teams"] = "answered 404";
        await Check(Sees(ScopeMissing));
        await CheckAnHourLater(Sees(ScopeMissing));
        _sent.Clear();

        await CheckAnHourLater(Sees(ScopeMissing));

        Assert.Equal(["teams: Opened", "email: ChannelFailing"], _sent);
        Assert.Equal([NotificationKind.Opened], (await StoredState()).PendingNotifications.Select(notification => notification.Kind));
        _sent.Clear();

        await CheckAnHourLater(Sees(ScopeMissing));

        Assert.Equal(["teams: Opened"], _sent);
    }

    [Fact]
    public async Task All_channels_failing_ends_and_leaves_everything_pending()
    {
        _refusals["email"] = _refusals["teams"] = "answered 404";
        for (var check = 0; check < 5; check++)
        {
            await CheckAnHourLater(Sees(ScopeMissing));
        }

        Assert.Equal(
            ["ChannelFailing to email", "ChannelFailing to teams", "Opened to email, teams"],
            (await StoredState()).PendingNotifications.Select(notification => $"{notification.Kind} to {string.Join(", ", notification.PendingChannels)}").Order());
        _refusals.Clear();
        _sent.Clear();

        await CheckAnHourLater(Sees(ScopeMissing));

        Assert.Equal(["email: ChannelFailing", "email: Opened", "teams: ChannelFailing", "teams: Opened"], _sent.Order());
        Assert.Empty((await StoredState()).PendingNotifications);
    }

    [Fact]
    public async Task A_channel_that_also_rejects_the_alert_about_another_channel_counts_as_failed_once()
    {
        _refusals["email"] = "answered 404";
        await Check(Sees(ScopeMissing));
        await CheckAnHourLater(Sees(ScopeMissing));
        _refusals["teams"] = "answered 503";

        await CheckAnHourLater(Sees(ScopeMissing, AppNotSubscribed));

        Assert.Equal((3, 1), ((await StoredState()).Failing["email"].Checks, (await StoredState()).Failing["teams"].Checks));
    }

    [Theory]
    [InlineData(true, 1)] // one incident, which changes at every check
    [InlineData(false, 30)] // thirty incidents, each of which comes and goes
    public async Task A_channel_that_fails_for_long_is_tried_once_per_check_and_has_one_notification_per_incident(bool besideAnother, int incidents)
    {
        var calm = besideAnother ? Sees(ScopeMissing) : SeesNothingWrong();
        var worse = besideAnother ? Sees(ScopeMissing, AppNotSubscribed) : Sees(AppNotSubscribed);
        _refusals["teams"] = "gave no answer in time";
        for (var check = 0; check < 60; check++)
        {
            _sent.Clear();

            var result = await CheckAnHourLater(check % 2 == 0 ? worse : calm);

            Assert.Single(_sent, sent => sent.StartsWith("teams", StringComparison.Ordinal));
            Assert.Single(result.Deliveries, delivery => delivery.Channel == "teams");
        }

        var pending = (await StoredState()).PendingNotifications;
        Assert.Equal(incidents, pending.Count);
        Assert.All(pending, notification => Assert.Equal(["teams"], notification.PendingChannels));

        // Nothing is lost by it.
        _refusals.Clear();
        _sent.Clear();
        await CheckAnHourLater(calm);
        Assert.Equal(incidents, _sent.Count(sent => sent.StartsWith("teams", StringComparison.Ordinal)));
        Assert.Empty((await StoredState()).PendingNotifications);
    }

    [Fact]
    public async Task Channels_that_fail_together_are_tried_once_each_also_for_alerts_about_each_other()
    {
        _refusals["email"] = _refusals["teams"] = "answered 503";
        for (var check = 0; check < 5; check++)
        {
            _sent.Clear();

            await CheckAnHourLater(Sees(ScopeMissing));

            Assert.Equal(["email", "teams"], _sent.Select(sent => sent.Split(':')[0]).Order());
        }
    }

    [Fact]
    public async Task A_message_that_a_channel_never_accepts_does_not_block_the_others()
    {
        string? never = null;
        var taken = new List<NotificationKind>();
        Task<IncidentResult> Tell(Observation seen)
        {
            _time.Advance(Hours(1));
            return Processor().ReadAndProcessAsync(
                "production",
                seen,
                (channel, notification, _) =>
                {
                    never ??= notification.IncidentId;
                    var isTaken = channel != "teams" || notification.IncidentId != never;
                    if (channel == "teams" && isTaken)
                    {
                        taken.Add(notification.Kind);
                    }

                    return Task.FromResult(new Delivery(channel, isTaken ? new DeliveryOutcome.Accepted(null) : new DeliveryOutcome.Failed("answered 400"), TimeSpan.Zero));
                },
                CancellationToken.None);
        }

        await Tell(Sees(ScopeMissing));
        await Tell(SeesNothingWrong());
        await Tell(Sees(TokenRevoked));

        Assert.Equal([NotificationKind.Opened], taken);
        Assert.Equal([NotificationKind.Resolved], (await StoredState()).PendingNotifications.Select(notification => notification.Kind));
    }

    // Another process writes.

    [Fact]
    public async Task A_run_with_a_stale_observation_reports_nothing_and_sends_what_is_pending()
    {
        await Check(Sees(TokenRevoked).LookedAt(Hours(0)));
        _sent.Clear();
        _time.Advance(Hours(1));
        var others = false;
        _documents.BeforeWrite = _ =>
        {
            if (!others)
            {
                others = true;
                _refusals["teams"] = "answered 503";
                Check(SeesNothingWrong("bbbbbbbb").LookedAt(Hours(1))).GetAwaiter().GetResult();
                _refusals.Clear();
            }
        };

        var result = await Check(Sees(TokenRevoked, ScopeMissing).LookedAt(Hours(1) - Minutes(1)));

        Assert.Equal([NotificationReason.StaleObservation], result.Reasons);
        Assert.Equal(["email: Resolved", "teams: Resolved", "teams: Resolved"], _sent.Order());
        Assert.Null((await StoredState()).Incident);
        Assert.Empty((await StoredState()).PendingNotifications);
    }

    [Fact]
    public async Task Who_loses_against_another_run_decides_again_on_what_it_wrote()
    {
        var others = false;
        _documents.BeforeWrite = _ =>
        {
            if (!others)
            {
                others = true;
                Check(Sees(ScopeMissing)).GetAwaiter().GetResult();
            }
        };

        var result = await Check(Sees(ScopeMissing, AppNotSubscribed));

        Assert.Equal([NotificationReason.FindingAdded], result.Reasons);
        Assert.Equal(["email: Opened", "teams: Opened", "email: Changed", "teams: Changed"], _sent);
        Assert.Null(result.Unwritten);
    }

    [Fact]
    public async Task Of_two_runs_at_the_same_time_one_sends()
    {
        var others = false;
        _documents.BeforeWrite = _ =>
        {
            if (!others)
            {
                others = true;
                Check(Sees(ScopeMissing)).GetAwaiter().GetResult();
            }
        };

        var result = await Check(Sees(ScopeMissing));

        Assert.Equal(Opened, _sent.Order());
        Assert.Equal([NotificationReason.ReminderNotDue], result.Reasons);
    }

    [Fact]
    public async Task A_run_that_begins_while_another_is_sending_does_not_send_the_same()
    {
        var sending = new TaskCompletionSource();
        var first = Check(Sees(ScopeMissing), async () => await sending.Task);

        await Check(Sees(ScopeMissing));
        Assert.Equal([], _sent);

        sending.SetResult();
        await first;
        Assert.Equal(Opened, _sent.Order());
        Assert.Empty((await StoredState()).PendingNotifications);
    }

    [Fact]
    public async Task State_that_another_run_stored_during_sending_is_not_lost()
    {
        var sending = new TaskCompletionSource();
        var first = Check(Sees(ScopeMissing), async () => await sending.Task);

        await Check(Sees(ScopeMissing, AppNotSubscribed));
        sending.SetResult();
        await first;

        Assert.Equal(["email: Changed", "email: Opened", "teams: Changed", "teams: Opened"], _sent.Order());
        Assert.Equal([ScopeMissing, AppNotSubscribed], (await StoredState()).Incident!.Findings.Select(one => one.Finding.Kind));
        Assert.Empty((await StoredState()).PendingNotifications);
    }

    [Fact]
    public async Task Many_runs_at_the_same_time_send_one_message()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Check(Sees(ScopeMissing), async () => await Task.Delay(20))));

        Assert.Equal(Opened, _sent.Order());
    }

    [Fact]
    public async Task A_store_that_others_always_write_first_is_given_up_and_the_message_sent()
    {
        _documents.BeforeWrite = _ => _documents["production"] = """{"schemaVersion":1,"token":"production","memory":{}}""";

        await Check(Sees(ScopeMissing));

        Assert.Equal(Opened, _sent.Order());
        Assert.InRange(_documents.Writes, 1, 10);
    }

    // The store fails.

    [Fact]
    public async Task A_store_that_cannot_be_read_is_reported_and_the_message_sent()
    {
        _documents.BeforeRead = _ => throw FakeDocumentStore.Unavailable;

        var result = await Check(Sees(ScopeMissing));

        Assert.Equal(Opened, _sent.Order());
        Assert.Equal("the fake store could not be reached.", result.Unread);
    }

    [Fact]
    public async Task A_store_that_could_not_be_read_for_a_moment_is_not_overwritten_with_nothing()
    {
        await Check(Sees(ScopeMissing));
        _sent.Clear();
        var reads = _documents.Reads;
        _documents.BeforeRead = read =>
        {
            if (read == reads + 1)
            {
                throw FakeDocumentStore.Unavailable;
            }
        };

        var result = await CheckAnHourLater(Sees(ScopeMissing));

        Assert.Equal("the fake store could not be reached.", result.Unread);
        Assert.Equal([NotificationReason.ReminderNotDue], result.Reasons);
        Assert.Empty(_sent);
        Assert.Equal(Start, (await StoredState()).Incident!.OpenedAt);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_reported_and_the_message_sent()
    {
        _documents.BeforeWrite = _ => throw FakeDocumentStore.Unavailable;

        var result = await Check(Sees(ScopeMissing));

        Assert.Equal(Opened, _sent.Order());
        Assert.Equal((null, "the fake store could not be reached."), (result.Unread, result.Unwritten));
    }

    [Fact]
    public async Task A_store_that_can_neither_be_read_nor_written_results_in_alerts_at_every_check()
    {
        _documents.BeforeRead = _ => throw FakeDocumentStore.Unavailable;
        _documents.BeforeWrite = _ => throw FakeDocumentStore.Unavailable;
        await Check(Sees(ScopeMissing));
        _sent.Clear();

        var result = await CheckAnHourLater(Sees(ScopeMissing));

        Assert.Equal(Opened, _sent.Order());
        Assert.NotNull(result.Unread);
        Assert.NotNull(result.Unwritten);
    }

    [Fact]
    public async Task A_store_that_wrote_and_did_not_say_so_leaves_nothing_pending_and_repeats_nothing()
    {
        _documents.AfterWrite = write =>
        {
            if (write == 1)
            {
                throw FakeDocumentStore.Unavailable;
            }
        };

        await Check(Sees(ScopeMissing));
        await CheckAnHourLater(Sees(ScopeMissing));

        Assert.Equal(Opened, _sent.Order());
        Assert.Empty((await StoredState()).PendingNotifications);
    }

    [Fact]
    public async Task A_write_that_seems_lost_against_itself_loses_no_message()
    {
        // Its answer was lost, and the client's own second attempt found the first one's document. The run takes its own claim for
        // another's, and the message goes out at the next check.
        _documents.LosesAnswer = write => write == 1;

        await Check(Sees(ScopeMissing));
        await CheckAnHourLater(Sees(ScopeMissing));

        Assert.Equal(Opened, _sent.Order());
        Assert.Empty((await StoredState()).PendingNotifications);
    }

    [Fact]
    public async Task A_document_that_cannot_be_decoded_is_reported_overwritten_and_the_message_sent()
    {
        _documents["production"] = "{";

        var result = await Check(Sees(ScopeMissing));

        Assert.Equal(Opened, _sent.Order());
        Assert.StartsWith("The state of production in the fake store", result.Unread, StringComparison.Ordinal);
        Assert.Null(result.Unwritten);
        Assert.NotNull((await StoredState()).Incident);
    }

    [Fact]
    public async Task A_document_that_cannot_be_decoded_is_overwritten_also_when_there_is_nothing_to_tell()
    {
        _documents["production"] = "{";

        await Check(SeesNothing());

        Assert.Null((await new StateStore(_documents).ReadAsync("production", CancellationToken.None)).Problem);
    }

    [Fact]
    public async Task A_newer_monitor_s_document_is_not_overwritten_and_the_message_sent_and_both_reported()
    {
        const string Newer = """{"schemaVersion":3,"memory":{"owed":"otherwise"}}""";
        _documents["production"] = Newer;

        var result = await Check(Sees(ScopeMissing));

        Assert.Equal(Opened, _sent.Order());
        Assert.Equal(Newer, _documents["production"]);
        Assert.Equal(0, _documents.Writes);
        Assert.Contains("was written by a newer monitor", result.Unread, StringComparison.Ordinal);
        Assert.Equal(result.Unread, result.Unwritten);
    }

    // Crashes.

    [Theory]
    [InlineData(1, false, 1)] // before anything was remembered: it is found again
    [InlineData(1, true, 1)] // remembered and not sent
    [InlineData(2, false, 2)] // sent and not recorded: the one repeat
    [InlineData(2, true, 1)] // recorded
    public async Task A_crash_around_any_write_loses_no_message_and_repeats_at_most_one(int write, bool after, int times)
    {
        var crash = new InvalidOperationException("The process dies.");
        Action<int> die = number =>
        {
            if (number == write)
            {
                throw crash;
            }
        };
        (_documents.BeforeWrite, _documents.AfterWrite) = after ? (null, die) : (die, (Action<int>?)null);
        Assert.Same(crash, await Assert.ThrowsAsync<InvalidOperationException>(() => Check(Sees(ScopeMissing))));
        (_documents.BeforeWrite, _documents.AfterWrite) = (null, null);

        await CheckAnHourLater(Sees(ScopeMissing));
        await CheckAnHourLater(Sees(ScopeMissing));

        Assert.Equal(Enumerable.Repeat(Opened, times).SelectMany(both => both).Order(), _sent.Order());
        Assert.Empty((await StoredState()).PendingNotifications);
    }

    [Fact]
    public async Task A_crash_while_sending_repeats_at_most_one_message()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Check(Sees(ScopeMissing), () => throw new InvalidOperationException("The process dies.")));

        await CheckAnHourLater(Sees(ScopeMissing));

        Assert.Equal(Opened, _sent.Order());
        Assert.Empty((await StoredState()).PendingNotifications);
    }

    [Fact]
    public async Task Cancellation_while_it_is_sent_leaves_it_pending()
    {
        using var cancelled = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Check(
            Sees(ScopeMissing),
            async () =>
            {
                await cancelled.CancelAsync();
                cancelled.Token.ThrowIfCancellationRequested();
            },
            cancelled.Token));

        Assert.Equal(["email", "teams"], Assert.Single((await StoredState()).PendingNotifications).PendingChannels);
    }

    [Fact]
    public async Task Two_tokens_have_separate_states()
    {
        await Check(Sees(ScopeMissing));

        await Processor().ReadAndProcessAsync("staging", SeesNothingWrong(), Send, CancellationToken.None);

        Assert.NotNull((await StoredState()).Incident);
        Assert.Null((await Processor().ReadAsync("staging", CancellationToken.None)).State.Incident);
    }

    private Task<IncidentResult> CheckAnHourLater(Observation seen)
    {
        _time.Advance(Hours(1));
        return Check(seen);
    }

    private async Task<IncidentResult> Check(Observation seen, Func<Task>? beforeSending = null, CancellationToken cancellationToken = default) =>
        await Processor().ReadAndProcessAsync(
            "production",
            seen,
            async (channel, notification, token) =>
            {
                if (beforeSending is not null)
                {
                    await beforeSending();
                }

                return await Send(channel, notification, token);
            },
            cancellationToken);

    private Task<Delivery> Send(string channel, Notification notification, CancellationToken cancellationToken)
    {
        lock (_sent)
        {
            _sent.Add($"{channel}: {notification.Kind}");
            _rememberedWhenSent.Add(_documents["production"] ?? "");
        }

        DeliveryOutcome outcome = _refusals.TryGetValue(channel, out var reason) ? new DeliveryOutcome.Failed(reason) : new DeliveryOutcome.Accepted(null);
        return Task.FromResult(new Delivery(channel, outcome, TimeSpan.Zero));
    }

    private async Task<TokenState> StoredState()
    {
        _documents.BeforeRead = null;
        return (await Processor().ReadAsync("production", CancellationToken.None)).State;
    }

    private IncidentProcessor Processor() => new(
        new StateStore(_documents), new IncidentSettings { Channels = ["email", "teams"] }, _time, NullLogger<IncidentProcessor>.Instance);
}
