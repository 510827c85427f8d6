using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Incidents.Stores;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>
/// Carries out what the planner plans for one token: remembers what is owed, sends it, and remembers what was accepted. In this order,
/// so that a crash at any moment may repeat a message and never loses one.
/// </summary>
internal sealed partial class IncidentProcessor(StateStore store, IncidentSettings settings, TimeProvider time, ILogger<IncidentProcessor> logger)
{
    // Each failure means that somebody else wrote, so somebody gets on; more than a few of them would be a store that lies.
    private const int MostAttempts = 5;

    private const string NotTried = "The channel had just failed, so this was not sent: it waits for the next check.";

    /// <summary>Plans, remembers, sends, remembers.</summary>
    /// <param name="tokenName">The token's name.</param>
    /// <param name="seen">What the check saw of it.</param>
    /// <param name="send">Sends a notice on a channel.</param>
    /// <param name="cancellationToken">Ends the whole.</param>
    public async Task<IncidentResult> ProcessAsync(
        string tokenName, Observation seen, Func<string, Notification, CancellationToken, Task<Delivery>> send, CancellationToken cancellationToken)
    {
        // What this run claims is its own, also when it reads its own write back because the answer was lost.
        var run = Guid.NewGuid().ToString("N");
        var session = new Session(store, tokenName, await store.ReadAsync(tokenName, cancellationToken).ConfigureAwait(false));
        List<NotificationReason> reasons = [];
        ImmutableList<Notification> taken = [];
        await session.ChangeAsync(
            state =>
            {
                var now = time.GetUtcNow();
                var plan = IncidentPlanner.Plan(state, tokenName, seen, now, settings);
                reasons = [.. plan.Reasons];
                (var next, taken) = Outbox.Claim(plan.Next, run, now);
                return next;
            },
            cancellationToken).ConfigureAwait(false);

        var deliveries = new List<Delivery>();
        while (taken.Count > 0)
        {
            var failedBefore = deliveries.Where(delivery => delivery.Failure is not null).Select(delivery => delivery.Channel).ToHashSet();
            var answers = await SendAsync(taken, session.State.Failing, failedBefore, send, deliveries, cancellationToken).ConfigureAwait(false);
            var sent = taken;
            await session.ChangeAsync(
                state =>
                {
                    // What recording itself adds, that a channel is failing, is told on the others at once.
                    var now = time.GetUtcNow();
                    var recorded = Outbox.Record(state, tokenName, sent, answers, settings, now, failedBefore);
                    (var next, taken) = Outbox.Claim(
                        recorded, run, now, notification => notification.Kind is NotificationKind.ChannelFailing && !state.PendingNotifications.Exists(older => Outbox.IsSame(older, notification)));
                    return next;
                },
                cancellationToken).ConfigureAwait(false);
            if (taken.Count > 0)
            {
                reasons.Add(NotificationReason.ChannelFailing);
            }
        }

        if (session.Unread is { } unread)
        {
            LogNotRead(unread);
        }

        if (session.Unwritten is { } unwritten)
        {
            LogNotWritten(unwritten);
        }

        return new IncidentResult(session.State, reasons, deliveries, session.Unread, session.Unwritten);
    }

    /// <summary>When people are told again of what is remembered if nothing changes; null: nothing is open.</summary>
    public DateTimeOffset? NextMessage(TokenState state) => state switch
    {
        { Incident: { } incident } => IncidentPlanner.NextMessage(incident, settings, time.GetUtcNow()),
        { MonitoringOutage.LastNotifiedAt: { } told } => told + settings.RemindEvery,
        _ => null,
    };

    /// <summary>What is remembered of a token, without changing it.</summary>
    public Task<StateReadResult> ReadAsync(string tokenName, CancellationToken cancellationToken) => store.ReadAsync(tokenName, cancellationToken);

    private async Task<IReadOnlyList<ChannelAnswer>> SendAsync(
        ImmutableList<Notification> taken,
        IReadOnlyDictionary<string, ChannelTrouble> failing,
        HashSet<string> failedBefore,
        Func<string, Notification, CancellationToken, Task<Delivery>> send,
        List<Delivery> deliveries,
        CancellationToken cancellationToken)
    {
        var channels = taken.SelectMany(notification => notification.PendingChannels).Distinct().ToList();
        var answers = await Task.WhenAll(channels.Select(async channel =>
        {
            // One after the other, so that people read them in the order in which things happened. A channel that has just failed is
            // asked no more: each time-out would hold up the check, and what it does not take stays owed.
            var sent = new List<(Delivery? Delivery, ChannelAnswer Answer)>();
            var hasFailed = failedBefore.Contains(channel);
            foreach (var notification in Outbox.For(channel, taken, failing.GetValueOrDefault(channel)))
            {
                var delivery = hasFailed ? null : await send(channel, notification, cancellationToken).ConfigureAwait(false);
                sent.Add((delivery, new ChannelAnswer(channel, notification.IncidentId, delivery is null ? NotTried : delivery.Failure)));
                hasFailed |= delivery?.Failure is not null;
            }

            if (sent.Count(one => one.Delivery is null) is > 0 and var left)
            {
                LogLeft(left, channel);
            }

            return sent;
        })).ConfigureAwait(false);
        deliveries.AddRange(answers.SelectMany(sent => sent).Select(one => one.Delivery).OfType<Delivery>());
        return [.. answers.SelectMany(sent => sent).Select(one => one.Answer)];
    }

    /// <summary>What is remembered of one token during one run, and what went wrong with it.</summary>
    private sealed class Session(StateStore store, string tokenName, StateReadResult first)
    {
        private StateReadResult _reading = first;

        public TokenState State => _reading.State;

        /// <summary>Why it could not be read, the last time that it could not.</summary>
        public string? Unread { get; private set; } = first.Trouble;

        /// <summary>Why it could not be written; null: it was, or there was nothing to write.</summary>
        public string? Unwritten { get; private set; }

        // Who loses against another run reads again and decides again. What could not be written is sent all the same.
        public async Task ChangeAsync(Func<TokenState, TokenState> change, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                var next = change(_reading.State);
                if (_reading.Trouble is null && StateStore.AreAlike(next, _reading.State))
                {
                    return;
                }

                var failure = _reading.MayWrite ? null : _reading.Trouble;
                if (failure is null)
                {
                    try
                    {
                        if (await store.WriteAsync(tokenName, next, _reading.Version, cancellationToken).ConfigureAwait(false) is { } version)
                        {
                            _reading = new StateReadResult(next, version, Trouble: null, MayWrite: true);
                            Unwritten = null;
                            return;
                        }
                    }
                    catch (StoreUnavailableException e)
                    {
                        failure = e.Message;
                    }
                }

                if (failure is not null || attempt == MostAttempts)
                {
                    _reading = _reading with { State = next };
                    Unwritten = failure ?? $"{store.Name} was written by others {MostAttempts} times in a row.";
                    return;
                }

                _reading = await store.ReadAsync(tokenName, cancellationToken).ConfigureAwait(false);
                Unread = _reading.Trouble ?? Unread;
            }
        }
    }

    [LoggerMessage(30, LogLevel.Error, "What is remembered could not be read, so the check goes on without it: {Trouble}", EventName = "StateReadFailed")]
    private partial void LogNotRead(string trouble);

    [LoggerMessage(32, LogLevel.Warning, "{Messages} more for {Channel} wait for the next check: it has just failed", EventName = "DeliveryPostponed")]
    private partial void LogLeft(int messages, string channel);

    [LoggerMessage(31, LogLevel.Error, "What is to be remembered could not be written: {Failure}", EventName = "StateWriteFailed")]
    private partial void LogNotWritten(string failure);
}
