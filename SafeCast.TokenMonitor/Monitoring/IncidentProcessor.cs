using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Incidents.Stores;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>
/// Applies the plan for one token: stores the pending notifications, sends them, and stores the results. In this order a crash may repeat a
/// message and never loses one.
/// </summary>
internal sealed partial class IncidentProcessor(StateStore store, IncidentSettings settings, TimeProvider time, ILogger<IncidentProcessor> logger)
{
    // A conflict means that another run wrote the state, so progress is made. More than a few conflicts in a row indicate a faulty store.
    private const int MostAttempts = 5;

    private const string NotTried = "Not sent, because the channel failed for a previous message. It is sent at the next check.";

    /// <summary>Plans and stores the notifications, sends them, and stores the results.</summary>
    /// <param name="tokenName">The token's name.</param>
    /// <param name="before">The state that was read at the start of the check.</param>
    /// <param name="seen">The observation of the check.</param>
    /// <param name="send">Sends a notification on a channel.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<IncidentResult> ProcessAsync(
        string tokenName, StateReadResult before, Observation seen, Func<string, Notification, CancellationToken, Task<Delivery>> send, CancellationToken cancellationToken)
    {
        // Identifies this run's claims, also when it reads back its own write because the response was lost.
        var run = Guid.NewGuid().ToString("N");
        var session = new Session(store, tokenName, before);
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
                    // If recording reports a failing channel, the other channels send that alert at once.
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

    /// <summary>Gets the time of the next alert if nothing changes; null if no incident is open.</summary>
    public DateTimeOffset? NextMessage(TokenState state) => state switch
    {
        { Incident: { } incident } => IncidentPlanner.NextMessage(incident, settings, time.GetUtcNow()),
        { MonitoringOutage.LastNotifiedAt: { } last } => last + settings.RemindEvery,
        _ => null,
    };

    /// <summary>Reads the state of a token without changing it.</summary>
    public Task<StateReadResult> ReadAsync(string tokenName, CancellationToken cancellationToken) => store.ReadAsync(tokenName, cancellationToken);

    private async Task<IReadOnlyList<ChannelAnswer>> SendAsync(
        ImmutableList<Notification> taken,
        IReadOnlyDictionary<string, ChannelFailure> failing,
        HashSet<string> failedBefore,
        Func<string, Notification, CancellationToken, Task<Delivery>> send,
        List<Delivery> deliveries,
        CancellationToken cancellationToken)
    {
        var channels = taken.SelectMany(notification => notification.PendingChannels).Distinct().ToList();
        var answers = await Task.WhenAll(channels.Select(async channel =>
        {
            // Messages are sent one after the other, so that they arrive in order. After a failure the channel gets no more messages in
            // this run, because each timeout would delay the check. The rest stays pending.
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

    /// <summary>The state of one token during one run, with its read and write errors.</summary>
    private sealed class Session(StateStore store, string tokenName, StateReadResult first)
    {
        private StateReadResult _reading = first;

        public TokenState State => _reading.State;

        /// <summary>The reason of the last failed read; null: none failed.</summary>
        public string? Unread { get; private set; } = first.Problem;

        /// <summary>The reason why the state could not be written; null: it was written or did not change.</summary>
        public string? Unwritten { get; private set; }

        // After a conflict with another run, the state is read and planned again. If it cannot be written, the messages are sent anyway.
        public async Task ChangeAsync(Func<TokenState, TokenState> change, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                var next = change(_reading.State);
                if (_reading.Problem is null && StateStore.AreAlike(next, _reading.State))
                {
                    return;
                }

                var failure = _reading.MayWrite ? null : _reading.Problem;
                if (failure is null)
                {
                    try
                    {
                        if (await store.WriteAsync(tokenName, next, _reading.Version, cancellationToken).ConfigureAwait(false) is { } version)
                        {
                            _reading = new StateReadResult(next, version, Problem: null, MayWrite: true);
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
                    Unwritten = failure ?? $"{store.Name} was changed by other runs {MostAttempts} times in a row.";
                    return;
                }

                _reading = await store.ReadAsync(tokenName, cancellationToken).ConfigureAwait(false);
                Unread = _reading.Problem ?? Unread;
            }
        }
    }

    [LoggerMessage(30, LogLevel.Error, "The state could not be read; the check continued without it: {Trouble}", EventName = "StateReadFailed")]
    private partial void LogNotRead(string trouble);

    [LoggerMessage(32, LogLevel.Warning, "{Messages} messages for {Channel} were postponed to the next check because the channel failed", EventName = "DeliveryPostponed")]
    private partial void LogLeft(int messages, string channel);

    [LoggerMessage(31, LogLevel.Error, "The state could not be written: {Failure}", EventName = "StateWriteFailed")]
    private partial void LogNotWritten(string failure);
}
