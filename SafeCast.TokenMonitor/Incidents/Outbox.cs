using System.Collections.Immutable;
using System.Globalization;

namespace SafeCast.TokenMonitor.Incidents;

/// <summary>What is owed to whom: remembered before it is sent, until it is accepted. Pure.</summary>
public static class Outbox
{
    /// <summary>After how many checks running a channel's failure is told on the others.</summary>
    public const int ChecksUntilFailureIsReported = 3;

    // A little longer than one message may take, retries included: what a run that died had claimed is free again before the next
    // hourly check, and also for somebody who starts one by hand after a crash.
    private static readonly TimeSpan ClaimDuration = TimeSpan.FromSeconds(90);

    // Two machines' clocks differ; a claim further ahead than that is from before a clock went back.
    internal static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>An incident's id: for people to find its messages by, and unique because a token has one incident of a sort at a time.</summary>
    public static string IncidentId(string tokenName, string what, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{tokenName}-{what}-{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    /// <summary>Adds a notice. It takes the place of one of the same incident that is owed to the same channels, and leaves nothing of it out.</summary>
    public static TokenState Add(TokenState state, Notification notification)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(notification);
        if (notification.PendingChannels.Count == 0)
        {
            return state;
        }

        return state with { PendingNotifications = Fold(state.PendingNotifications, notification) };
    }

    /// <summary>Takes what is owed and no other run is sending: all of it, or some. To be remembered before it is sent.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="run">The run that is going to send it.</param>
    /// <param name="now">The time.</param>
    /// <param name="some">Which of it; null: all.</param>
    public static (TokenState Next, ImmutableList<Notification> Claimed) Claim(TokenState state, string run, DateTimeOffset now, Func<Notification, bool>? some = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        var pending = state.PendingNotifications
            .Select(notification => (Notification: notification, IsTaken: !IsClaimedByAnother(notification, run, now) && (some is null || some(notification))))
            .Select(one => one.IsTaken ? (Notification: one.Notification with { ClaimedBy = run, ClaimedUntil = now + ClaimDuration }, one.IsTaken) : one)
            .ToList();
        return (state with { PendingNotifications = [.. pending.Select(one => one.Notification)] }, [.. pending.Where(one => one.IsTaken).Select(one => one.Notification)]);
    }

    /// <summary>
    /// The messages for one channel: one for each incident, the oldest first. Where the channel failed the last time, what came behind the
    /// message that it did not take then goes before it: one that it never takes keeps no other from it.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="taken">What a run took.</param>
    /// <param name="trouble">How the channel fails; null: it does not.</param>
    public static IReadOnlyList<Notification> For(string channel, IEnumerable<Notification> taken, ChannelTrouble? trouble = null)
    {
        List<Notification> messages =
        [
            .. taken
                .Where(notification => notification.PendingChannels.Contains(channel))
                .GroupBy(notification => notification.IncidentId)
                .Select(notifications => notifications.Aggregate((earlier, later) => earlier.FoldInto(later))),
        ];
        var failed = messages.FindIndex(message => message.IncidentId == trouble?.IncidentId);
        return [.. messages[(failed + 1)..], .. messages[..(failed + 1)]];
    }

    /// <summary>
    /// Records what the channels answered: what was accepted is owed no more, what was not is free for the next check, and a
    /// channel that has failed for long is told on the others.
    /// </summary>
    /// <param name="state">As it is now, perhaps changed by another run since the notices were taken.</param>
    /// <param name="tokenName">The token's name.</param>
    /// <param name="taken">What this run took.</param>
    /// <param name="answers">For each channel that something was for, in this order: what it took, and why not the rest.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="now">The time.</param>
    /// <param name="failedBefore">Channels whose failure at this check is recorded already, and is one failure however much they refuse.</param>
    public static TokenState Record(
        TokenState state,
        string tokenName,
        IReadOnlyCollection<Notification> taken,
        IReadOnlyCollection<ChannelAnswer> answers,
        IncidentSettings settings,
        DateTimeOffset now,
        IReadOnlySet<string>? failedBefore = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(taken);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(settings);

        state = state with
        {
            PendingNotifications = [.. state.PendingNotifications
                .Select(notification => taken.Any(one => IsSame(one, notification)) ? Settle(notification, answers) : notification)
                .Where(notification => notification.PendingChannels.Count > 0)],
        };
        foreach (var channel in answers.GroupBy(answer => answer.Channel).Where(channel => failedBefore?.Contains(channel.Key) is not true))
        {
            state = Follow(state, tokenName, channel.Key, channel.FirstOrDefault(answer => answer.Failure is not null), settings, now);
        }

        return state with { PendingNotifications = Folded(state.PendingNotifications) };
    }

    // What one channel took and another did not is owed to fewer now, perhaps to the same as a notice of before: else a channel that
    // fails for long would be owed one for each change.
    private static ImmutableList<Notification> Folded(ImmutableList<Notification> pending)
    {
        ImmutableList<Notification> folded = [];
        foreach (var notification in pending)
        {
            folded = Fold(folded, notification);
        }

        return folded;
    }

    private static ImmutableList<Notification> Fold(ImmutableList<Notification> pending, Notification notification) =>
        notification.ClaimedUntil is null
        && pending.FindLast(older => older.IncidentId == notification.IncidentId && older.PendingChannels.SetEquals(notification.PendingChannels) && older.ClaimedUntil is null) is { } older
            ? pending.Remove(older).Add(older.FoldInto(notification))
            : pending.Add(notification);

    private static bool IsClaimedByAnother(Notification notification, string run, DateTimeOffset now) =>
        notification.ClaimedBy != run && notification.ClaimedUntil > now && notification.ClaimedUntil <= now + ClaimDuration + Skew;

    /// <summary>Whether two are one notice, at different moments of its life.</summary>
    internal static bool IsSame(Notification one, Notification other) => one.IncidentId == other.IncidentId && one.At == other.At && one.Kind == other.Kind;

    private static Notification Settle(Notification notification, IReadOnlyCollection<ChannelAnswer> answers) => notification with
    {
        ClaimedBy = null,
        ClaimedUntil = null,
        PendingChannels = notification.PendingChannels.Except(answers.Where(answer => answer.Failure is null && answer.IncidentId == notification.IncidentId).Select(answer => answer.Channel)),
    };

    private static TokenState Follow(
        TokenState state, string tokenName, string channel, ChannelAnswer? failed, IncidentSettings settings, DateTimeOffset now)
    {
        if (failed is not { Failure: { } failure })
        {
            return state with { Failing = state.Failing.Remove(channel) };
        }

        var trouble = state.Failing.GetValueOrDefault(channel) ?? new ChannelTrouble(0, now, "", IsReported: false);
        trouble = trouble with { Checks = trouble.Checks + 1, Reason = failure, IncidentId = failed.IncidentId };
        var others = settings.Channels.Where(other => other != channel).ToImmutableSortedSet();
        if (trouble.IsReported || trouble.Checks < ChecksUntilFailureIsReported || others.IsEmpty)
        {
            return state with { Failing = state.Failing.SetItem(channel, trouble) };
        }

        return Add(
            state with { Failing = state.Failing.SetItem(channel, trouble with { IsReported = true }) },
            new Notification
            {
                Kind = NotificationKind.ChannelFailing,
                IncidentId = IncidentId(tokenName, $"{channel}-failing", trouble.Since),
                At = now,
                Since = trouble.Since,
                PendingChannels = others,
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
