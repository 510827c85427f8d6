using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Incidents;

/// <summary>
/// A notification, stored before it is sent and until every pending channel has accepted it. Contains all data that a message needs,
/// because the facts may change before a channel accepts it.
/// </summary>
public sealed record Notification
{
    /// <summary>The kind of message.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>The id of the incident.</summary>
    public required string IncidentId { get; init; }

    /// <summary>When the notification became due, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the incident or outage started, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The channels that have not accepted it yet.</summary>
    public required ImmutableSortedSet<string> PendingChannels { get; init; }

    /// <summary>The new findings.</summary>
    public ImmutableList<Finding> Added { get; init => field = value ?? []; } = [];

    /// <summary>The resolved findings.</summary>
    public ImmutableList<Finding> Resolved { get; init => field = value ?? []; } = [];

    /// <summary>All current findings, most severe first.</summary>
    public ImmutableList<Finding> Present { get; init => field = value ?? []; } = [];

    /// <summary>The token at the time of the check; null: not recorded, the token at the time of sending is used.</summary>
    public TokenContext? Token { get; init; }

    /// <summary>The facts that the check could not determine.</summary>
    public ImmutableList<UnknownFact> Unknowns { get; init => field = value ?? []; } = [];

    /// <summary>The time since which the token had been healthy before; null: not known.</summary>
    public DateTimeOffset? HealthySince { get; init; }

    /// <summary>The number of alerts sent about it before.</summary>
    public int AlertsSentBefore { get; init; }

    /// <summary>For a failing channel: the reason of the failure.</summary>
    public string? ChannelFailure { get; init; }

    /// <summary>For a monitor that cannot check: whether the token is valid is known, but other facts are not.</summary>
    public bool IsValidityKnown { get; init; }

    /// <summary>The fingerprint of the new token.</summary>
    public string? NewFingerprint { get; init; }

    /// <summary>When the next alert is sent if nothing changes; null: none is.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>For a failing channel: its name.</summary>
    public string? Channel { get; init; }

    /// <summary>The id of the run that is sending it; null: none.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>The time until which that run has the exclusive right to send it.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>The severity of the message; null: the message reports no problem.</summary>
    [JsonIgnore]
    public Severity? Severity => Kind switch
    {
        NotificationKind.MonitorDown or NotificationKind.MonitorDownReminder or NotificationKind.ChannelFailing => Assessment.Severity.Warning,
        _ when Present.IsEmpty => null,
        _ => Present.Max(finding => finding.Severity),
    };

    /// <summary>The current findings, most severe first, and new ones before others.</summary>
    [JsonIgnore]
    public IReadOnlyList<Finding> MostSevereFirst =>
    [
        .. from finding in Present
           orderby finding.Severity descending, Added.Exists(added => added.Kind == finding.Kind) descending
           select finding,
    ];

    /// <summary>The resolved findings. For a resolved incident, this includes those that came and went before any alert was sent.</summary>
    [JsonIgnore]
    public IReadOnlyList<Finding> Gone => Kind is NotificationKind.Resolved
        ? [.. Added.Where(added => !Resolved.Exists(resolved => resolved.Kind == added.Kind)), .. Resolved]
        : Resolved;

    /// <summary>All resolved findings are gone because the configuration now ignores them.</summary>
    [JsonIgnore]
    public bool IsIgnoredOnly => !Resolved.IsEmpty && Gone.All(finding => finding.IsIgnored);

    /// <summary>
    /// Merges two notifications about the same incident into one without loss of data. The result has the later one's kind, but an incident
    /// whose opening was not sent yet is still reported as opened, not as changed.
    /// </summary>
    public Notification FoldInto(Notification later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return later with
        {
            Kind = (Kind, later.Kind) switch
            {
                (NotificationKind.Opened, NotificationKind.Changed or NotificationKind.Reminder or NotificationKind.Countdown) => NotificationKind.Opened,
                (NotificationKind.Changed, NotificationKind.Reminder or NotificationKind.Countdown) => NotificationKind.Changed,
                (NotificationKind.MonitorDown, NotificationKind.MonitorDownReminder) => NotificationKind.MonitorDown,
                var (_, kind) => kind,
            },
            Added = Union(Added, later.Added),
            Resolved = Union(Resolved, later.Resolved).RemoveAll(resolved => later.Present.Exists(present => present.Kind == resolved.Kind)),
            NewFingerprint = later.NewFingerprint ?? NewFingerprint,
            HealthySince = HealthySince ?? later.HealthySince,
            AlertsSentBefore = AlertsSentBefore,
        };
    }

    private static ImmutableList<Finding> Union(ImmutableList<Finding> earlier, ImmutableList<Finding> later) =>
        [.. earlier.Where(finding => !later.Exists(other => other.Kind == finding.Kind)), .. later];
}

/// <summary>The kind of message that a notification becomes.</summary>
public enum NotificationKind
{
    /// <summary>The first finding of an incident.</summary>
    Opened,

    /// <summary>A finding was added, resolved or escalated while others remain.</summary>
    Changed,

    /// <summary>The findings are unchanged and the reminder is due.</summary>
    Reminder,

    /// <summary>A deadline is closer by one countdown step.</summary>
    Countdown,

    /// <summary>All findings are resolved.</summary>
    Resolved,

    /// <summary>The monitor cannot check the token.</summary>
    MonitorDown,

    /// <summary>The monitor still cannot check the token.</summary>
    MonitorDownReminder,

    /// <summary>The monitor can check the token again.</summary>
    MonitorRecovered,

    /// <summary>The token was replaced by a healthy one.</summary>
    NewTokenVerified,

    /// <summary>Another channel rejects messages or cannot be reached.</summary>
    ChannelFailing,
}
