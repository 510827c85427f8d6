using System.Collections.Immutable;
using System.Globalization;

namespace SafeCast.TokenMonitor.Incidents;

/// <summary>
/// The outbox of a token: notifications are stored before they are sent and until every channel has accepted them. Pure functions.
/// </summary>
public static class Outbox
{
    /// <summary>The number of consecutive failed checks after which a channel's failure is reported on the other channels.</summary>
    public const int ChecksUntilFailureIsReported = 3;

    // Slightly longer than one delivery, retries included. The claims of a run that crashed expire before the next hourly check, and soon
    // enough for a manual check after a crash.
    private static readonly TimeSpan ClaimDuration = TimeSpan.FromSeconds(90);

    // The clocks of two machines differ. A claim further ahead than this dates from before a clock was set back.
    internal static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Creates the id of an incident. It is searchable, and unique because a token has at most one open incident of each type.
    /// </summary>
    public static string IncidentId(string tokenName, string what, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{tokenName}-{what}-{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    /// <summary>
    /// Adds a notification. Replaces one of the same incident that is pending for the same channels, and keeps all of its data.
    /// </summary>
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

    /// <summary>Claims pending notifications that no other run is sending. Store the resulting state before sending.</summary>
    /// <param name="state">The stored state.</param>
    /// <param name="run">The id of the run that is going to send them.</param>
    /// <param name="now">The current time.</param>
    /// <param name="some">Selects the notifications to claim; null: all.</param>
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
    /// Gets the messages for one channel: one for each incident, oldest first. If the channel failed at the last check, the messages behind
    /// the one that it rejected are sent first, so that one message that is always rejected does not block the others.
    /// </summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="taken">The notifications that the run claimed.</param>
    /// <param name="trouble">The channel's failure; null: it works.</param>
    public static IReadOnlyList<Notification> For(string channel, IEnumerable<Notification> taken, ChannelFailure? trouble = null)
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
    /// Records the delivery results. Accepted messages are no longer pending, the others are released for the next check, and the failure
    /// of a channel that failed in several consecutive checks is reported on the other channels.
    /// </summary>
    /// <param name="state">The current state, which another run may have changed since the claim.</param>
    /// <param name="tokenName">The token's name.</param>
    /// <param name="taken">The notifications that this run claimed.</param>
    /// <param name="answers">The results of each channel with messages, in sending order.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="now">The current time.</param>
    /// <param name="failedBefore">The channels whose failure at this check is already recorded. It counts once, however many messages they reject.</param>
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

    // After one channel accepted a message, it may be pending for the same channels as an earlier one. Without merging, a channel that
    // fails for a long time would collect one message for each change.
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

    /// <summary>Whether two notifications are the same one at different times.</summary>
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

        var trouble = state.Failing.GetValueOrDefault(channel) ?? new ChannelFailure(0, now, "", IsReported: false);
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

/// <summary>The result of sending the message about one incident on one channel.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="IncidentId">The incident's id.</param>
/// <param name="Failure">The reason of the failure; null: the channel accepted the message.</param>
public sealed record ChannelAnswer(string Channel, string IncidentId, string? Failure);
