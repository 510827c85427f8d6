using System.Collections.Immutable;
using System.Globalization;

namespace SafeCast.TokenMonitor.Incidents;

/// <summary>What is owed to whom: remembered before it is sent, until it is accepted. Pure.</summary>
public static class Outbox
{
    /// <summary>After how many checks running a channel's failure is told on the others.</summary>
    public const int ChecksUntilFailureIsTold = 3;

    // A little longer than one message may take, retries included: what a run that died had claimed is free again before the next
    // hourly check, and also for somebody who starts one by hand after a crash.
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(90);

    // Two machines' clocks differ; a claim further ahead than that is from before a clock went back.
    internal static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>An incident's id: for people to find its messages by, and unique because a token has one incident of a sort at a time.</summary>
    public static string IncidentId(string tokenName, string what, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{tokenName}-{what}-{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    /// <summary>Adds a notice. It takes the place of one of the same incident that is owed to the same channels, and leaves nothing of it out.</summary>
    public static TokenMemory Add(TokenMemory memory, Notice notice)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(notice);
        if (notice.OwedTo.Count == 0)
        {
            return memory;
        }

        return memory with { Owed = Fold(memory.Owed, notice) };
    }

    /// <summary>Takes what is owed and no other run is sending: all of it, or some. To be remembered before it is sent.</summary>
    /// <param name="memory">What is remembered.</param>
    /// <param name="run">The run that is going to send it.</param>
    /// <param name="now">The time.</param>
    /// <param name="some">Which of it; null: all.</param>
    public static (TokenMemory Next, ImmutableList<Notice> Taken) Take(TokenMemory memory, string run, DateTimeOffset now, Func<Notice, bool>? some = null)
    {
        ArgumentNullException.ThrowIfNull(memory);
        var owed = memory.Owed
            .Select(notice => (Notice: notice, IsTaken: !IsClaimedByAnother(notice, run, now) && (some is null || some(notice))))
            .Select(one => one.IsTaken ? (Notice: one.Notice with { ClaimedBy = run, ClaimedUntil = now + Claim }, one.IsTaken) : one)
            .ToList();
        return (memory with { Owed = [.. owed.Select(one => one.Notice)] }, [.. owed.Where(one => one.IsTaken).Select(one => one.Notice)]);
    }

    /// <summary>
    /// The messages for one channel: one for each incident, the oldest first. Where the channel failed the last time, what came behind the
    /// message that it did not take then goes before it: one that it never takes keeps no other from it.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="taken">What a run took.</param>
    /// <param name="trouble">How the channel fails; null: it does not.</param>
    public static IReadOnlyList<Notice> For(string channel, IEnumerable<Notice> taken, ChannelTrouble? trouble = null)
    {
        List<Notice> messages =
        [
            .. taken
                .Where(notice => notice.OwedTo.Contains(channel))
                .GroupBy(notice => notice.IncidentId)
                .Select(notices => notices.Aggregate((earlier, later) => earlier.FoldInto(later))),
        ];
        var failed = messages.FindIndex(message => message.IncidentId == trouble?.IncidentId);
        return [.. messages[(failed + 1)..], .. messages[..(failed + 1)]];
    }

    /// <summary>
    /// Records what the channels answered: what was accepted is owed no more, what was not is free for the next check, and a
    /// channel that has failed for long is told on the others.
    /// </summary>
    /// <param name="memory">As it is now, perhaps changed by another run since the notices were taken.</param>
    /// <param name="tokenName">The token's name.</param>
    /// <param name="taken">What this run took.</param>
    /// <param name="answers">For each channel that something was for, in this order: what it took, and why not the rest.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="now">The time.</param>
    /// <param name="failedBefore">Channels whose failure at this check is recorded already, and is one failure however much they refuse.</param>
    public static TokenMemory Record(
        TokenMemory memory,
        string tokenName,
        IReadOnlyCollection<Notice> taken,
        IReadOnlyCollection<ChannelAnswer> answers,
        IncidentSettings settings,
        DateTimeOffset now,
        IReadOnlySet<string>? failedBefore = null)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(taken);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(settings);

        memory = memory with
        {
            Owed = [.. memory.Owed
                .Select(notice => taken.Any(one => IsSame(one, notice)) ? Settle(notice, answers) : notice)
                .Where(notice => notice.OwedTo.Count > 0)],
        };
        foreach (var channel in answers.GroupBy(answer => answer.Channel).Where(channel => failedBefore?.Contains(channel.Key) is not true))
        {
            memory = Follow(memory, tokenName, channel.Key, channel.FirstOrDefault(answer => answer.Failure is not null), settings, now);
        }

        return memory with { Owed = Folded(memory.Owed) };
    }

    // What one channel took and another did not is owed to fewer now, perhaps to the same as a notice of before: else a channel that
    // fails for long would be owed one for each change.
    private static ImmutableList<Notice> Folded(ImmutableList<Notice> owed)
    {
        ImmutableList<Notice> folded = [];
        foreach (var notice in owed)
        {
            folded = Fold(folded, notice);
        }

        return folded;
    }

    private static ImmutableList<Notice> Fold(ImmutableList<Notice> owed, Notice notice) =>
        notice.ClaimedUntil is null
        && owed.FindLast(older => older.IncidentId == notice.IncidentId && older.OwedTo.SetEquals(notice.OwedTo) && older.ClaimedUntil is null) is { } older
            ? owed.Remove(older).Add(older.FoldInto(notice))
            : owed.Add(notice);

    private static bool IsClaimedByAnother(Notice notice, string run, DateTimeOffset now) =>
        notice.ClaimedBy != run && notice.ClaimedUntil > now && notice.ClaimedUntil <= now + Claim + Skew;

    /// <summary>Whether two are one notice, at different moments of its life.</summary>
    internal static bool IsSame(Notice one, Notice other) => one.IncidentId == other.IncidentId && one.At == other.At && one.Kind == other.Kind;

    private static Notice Settle(Notice notice, IReadOnlyCollection<ChannelAnswer> answers) => notice with
    {
        ClaimedBy = null,
        ClaimedUntil = null,
        OwedTo = notice.OwedTo.Except(answers.Where(answer => answer.Failure is null && answer.IncidentId == notice.IncidentId).Select(answer => answer.Channel)),
    };

    private static TokenMemory Follow(
        TokenMemory memory, string tokenName, string channel, ChannelAnswer? failed, IncidentSettings settings, DateTimeOffset now)
    {
        if (failed is not { Failure: { } failure })
        {
            return memory with { Failing = memory.Failing.Remove(channel) };
        }

        var trouble = memory.Failing.GetValueOrDefault(channel) ?? new ChannelTrouble(0, now, "", IsTold: false);
        trouble = trouble with { Checks = trouble.Checks + 1, Reason = failure, IncidentId = failed.IncidentId };
        var others = settings.Channels.Where(other => other != channel).ToImmutableSortedSet();
        if (trouble.IsTold || trouble.Checks < ChecksUntilFailureIsTold || others.IsEmpty)
        {
            return memory with { Failing = memory.Failing.SetItem(channel, trouble) };
        }

        return Add(
            memory with { Failing = memory.Failing.SetItem(channel, trouble with { IsTold = true }) },
            new Notice
            {
                Kind = NoticeKind.ChannelFailing,
                IncidentId = IncidentId(tokenName, $"{channel}-failing", trouble.Since),
                At = now,
                Since = trouble.Since,
                OwedTo = others,
                Channel = channel,
                ChannelFailure = failure,
            });
    }
}

/// <summary>What a channel answered to the message about one incident.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Failure">Why it did not take it; null: it did.</param>
public sealed record ChannelAnswer(string Channel, string IncidentId, string? Failure);
