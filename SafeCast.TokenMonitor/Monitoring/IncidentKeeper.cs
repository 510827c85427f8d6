using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Incidents.Stores;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>
/// Carries out what the planner plans for one token: remembers what is owed, sends it, and remembers what was accepted. In this order,
/// so that a crash at any moment may repeat a message and never loses one.
/// </summary>
internal sealed partial class IncidentKeeper(MemoryStore store, IncidentSettings settings, TimeProvider time, ILogger<IncidentKeeper> logger)
{
    // Each failure means that somebody else wrote, so somebody gets on; more than a few of them would be a store that lies.
    private const int MostAttempts = 5;

    /// <summary>Plans, remembers, sends, remembers.</summary>
    /// <param name="tokenName">The token's name.</param>
    /// <param name="seen">What the check saw of it.</param>
    /// <param name="send">Sends a notice on a channel.</param>
    /// <param name="cancellationToken">Ends the whole.</param>
    public async Task<Kept> KeepAsync(
        string tokenName, Observation seen, Func<string, Notice, CancellationToken, Task<Delivery>> send, CancellationToken cancellationToken)
    {
        var reading = await store.ReadAsync(tokenName, cancellationToken).ConfigureAwait(false);
        var unread = reading.Trouble;
        if (unread is not null)
        {
            LogNotRead(unread);
        }

        IReadOnlyList<Decision> decisions = [];
        ImmutableList<Notice> taken = [];
        var failure = default(string);
        (reading, failure) = await RememberAsync(
            tokenName,
            reading,
            memory =>
            {
                var now = time.GetUtcNow();
                var plan = IncidentPlanner.Plan(memory, tokenName, seen, now, settings);
                decisions = plan.Decisions;
                (var next, taken) = Outbox.Take(plan.Next, now);
                return next;
            },
            cancellationToken).ConfigureAwait(false);

        var deliveries = new List<Delivery>();
        while (taken.Count > 0)
        {
            var answers = await SendAsync(taken, send, deliveries, cancellationToken).ConfigureAwait(false);
            var sent = taken;
            (reading, failure) = await RememberAsync(
                tokenName,
                reading,
                memory =>
                {
                    // What recording itself adds, that a channel is failing, is told on the others at once.
                    var now = time.GetUtcNow();
                    var recorded = Outbox.Record(memory, tokenName, sent, answers, settings, now);
                    (var next, taken) = Outbox.Take(recorded, now, notice => notice.Kind is NoticeKind.ChannelFailing && !memory.Owed.Exists(older => Outbox.IsSame(older, notice)));
                    return next;
                },
                cancellationToken).ConfigureAwait(false);
        }

        if (failure is not null)
        {
            LogNotWritten(failure);
        }

        return new Kept(reading.Memory, decisions, deliveries, unread, failure);
    }

    /// <summary>What is remembered of a token, without changing it.</summary>
    public Task<MemoryReading> ReadAsync(string tokenName, CancellationToken cancellationToken) => store.ReadAsync(tokenName, cancellationToken);

    private static async Task<IReadOnlyList<ChannelAnswer>> SendAsync(
        ImmutableList<Notice> taken,
        Func<string, Notice, CancellationToken, Task<Delivery>> send,
        List<Delivery> deliveries,
        CancellationToken cancellationToken)
    {
        var channels = taken.SelectMany(notice => notice.OwedTo).Distinct().ToList();
        var answers = await Task.WhenAll(channels.Select(async channel =>
        {
            // One after the other, so that people read them in the order in which things happened.
            var sent = new List<(Delivery Delivery, ChannelAnswer Answer)>();
            foreach (var notice in Outbox.For(channel, taken))
            {
                var delivery = await send(channel, notice, cancellationToken).ConfigureAwait(false);
                sent.Add((delivery, new ChannelAnswer(channel, notice.IncidentId, delivery.Failure)));
            }

            return sent;
        })).ConfigureAwait(false);
        deliveries.AddRange(answers.SelectMany(sent => sent).Select(one => one.Delivery));
        return [.. answers.SelectMany(sent => sent).Select(one => one.Answer)];
    }

    // Who loses against another run reads again and decides again. What could not be written is sent all the same.
    private async Task<(MemoryReading Reading, string? Failure)> RememberAsync(
        string tokenName, MemoryReading reading, Func<TokenMemory, TokenMemory> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var next = change(reading.Memory);
            var unwritten = reading with { Memory = next };
            if (!reading.MayWrite)
            {
                return (unwritten, reading.Trouble);
            }

            if (reading.Trouble is null && MemoryStore.AreAlike(next, reading.Memory))
            {
                return (unwritten, null);
            }

            try
            {
                if (await store.WriteAsync(tokenName, next, reading.Version, cancellationToken).ConfigureAwait(false) is { } version)
                {
                    return (new MemoryReading(next, version, Trouble: null, MayWrite: true), null);
                }
            }
            catch (StoreUnavailableException e)
            {
                return (unwritten, e.Message);
            }

            if (attempt == MostAttempts)
            {
                return (unwritten, $"{store.Name} was written by others {MostAttempts} times in a row.");
            }

            reading = await store.ReadAsync(tokenName, cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(30, LogLevel.Error, "What is remembered could not be read, so the check goes on without it: {Trouble}", EventName = "MemoryNotRead")]
    private partial void LogNotRead(string trouble);

    [LoggerMessage(31, LogLevel.Error, "What is to be remembered could not be written: {Failure}", EventName = "MemoryNotWritten")]
    private partial void LogNotWritten(string failure);
}

/// <summary>What came of keeping one token's incidents.</summary>
/// <param name="Memory">What is remembered now.</param>
/// <param name="Decisions">Why people were told something, or were not.</param>
/// <param name="Deliveries">What was sent, and what came of it.</param>
/// <param name="Unread">Why what was remembered could not be read; null: it could.</param>
/// <param name="Unwritten">Why what is to be remembered could not be written; null: it could, or did not change.</param>
internal sealed record Kept(
    TokenMemory Memory,
    IReadOnlyList<Decision> Decisions,
    IReadOnlyList<Delivery> Deliveries,
    string? Unread,
    string? Unwritten);
