using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Incidents;

/// <summary>
/// Something to tell, remembered from before it is sent until every channel that it is owed to has accepted it. Holds all that a
/// message needs, because by the time a channel accepts it the facts may be others.
/// </summary>
public sealed record Notification
{
    /// <summary>What kind of message it is.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>The incident that it is about.</summary>
    public required string IncidentId { get; init; }

    /// <summary>When it became due, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When what it is about began, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The channels that have not accepted it.</summary>
    public required ImmutableSortedSet<string> PendingChannels { get; init; }

    /// <summary>Findings that are new.</summary>
    public ImmutableList<Finding> Added { get; init => field = value ?? []; } = [];

    /// <summary>Findings that are gone.</summary>
    public ImmutableList<Finding> Resolved { get; init => field = value ?? []; } = [];

    /// <summary>All findings that there are, the worst first.</summary>
    public ImmutableList<Finding> Present { get; init => field = value ?? []; } = [];

    /// <summary>The token as the check saw it; null: not recorded, the token as it is when the message is sent.</summary>
    public TokenContext? Token { get; init; }

    /// <summary>What the check did not learn.</summary>
    public ImmutableList<UnknownFact> Unknowns { get; init => field = value ?? []; } = [];

    /// <summary>Since when the token had been healthy before; null: not known.</summary>
    public DateTimeOffset? HealthySince { get; init; }

    /// <summary>How often people had been told of it before.</summary>
    public int AlertsSentBefore { get; init; }

    /// <summary>Why a channel fails, where the notice is about one.</summary>
    public string? ChannelFailure { get; init; }

    /// <summary>Of a monitor that cannot check: it knows whether the token is valid, and not everything else.</summary>
    public bool IsValidityKnown { get; init; }

    /// <summary>The fingerprint of a new token that is in place.</summary>
    public string? NewFingerprint { get; init; }

    /// <summary>When people will be told again if nothing changes; null: not at all.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The channel that is failing, where the notice is about one.</summary>
    public string? Channel { get; init; }

    /// <summary>The run that is sending it; null: none.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>Until when that run has it to itself.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>The severity of the message; null: it reports nothing bad.</summary>
    [JsonIgnore]
    public Severity? Severity => Kind switch
    {
        NotificationKind.MonitorDown or NotificationKind.MonitorDownReminder or NotificationKind.ChannelFailing => Assessment.Severity.Warning,
        _ when Present.IsEmpty => null,
        _ => Present.Max(finding => finding.Severity),
    };

    /// <summary>The findings that there are, most severe first, and new ones before others.</summary>
    [JsonIgnore]
    public IReadOnlyList<Finding> MostSevereFirst =>
    [
        .. from finding in Present
           orderby finding.Severity descending, Added.Exists(added => added.Kind == finding.Kind) descending
           select finding,
    ];

    /// <summary>The findings that are gone; for a resolved incident also those that came and went before any alert was sent.</summary>
    [JsonIgnore]
    public IReadOnlyList<Finding> Gone => Kind is NotificationKind.Resolved
        ? [.. Added.Where(added => !Resolved.Exists(resolved => resolved.Kind == added.Kind)), .. Resolved]
        : Resolved;

    /// <summary>Everything that is gone is gone because the configuration now ignores it.</summary>
    [JsonIgnore]
    public bool IsIgnoredOnly => !Resolved.IsEmpty && Gone.All(finding => finding.IsIgnored);

    /// <summary>
    /// One notice that leaves out nothing of two about the same incident. It is of the later one's kind, except that what nobody
    /// was told of is still opened, not changed.
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

/// <summary>What kind of message a notice is.</summary>
public enum NotificationKind
{
    /// <summary>The first finding of an incident.</summary>
    Opened,

    /// <summary>A finding came, went, or got worse while others stay.</summary>
    Changed,

    /// <summary>The same findings, for long.</summary>
    Reminder,

    /// <summary>An end has come nearer by a step.</summary>
    Countdown,

    /// <summary>All findings are gone.</summary>
    Resolved,

    /// <summary>The monitor cannot see.</summary>
    MonitorDown,

    /// <summary>The monitor still cannot see.</summary>
    MonitorDownReminder,

    /// <summary>The monitor sees again.</summary>
    MonitorRecovered,

    /// <summary>The token was replaced by a healthy one.</summary>
    NewTokenVerified,

    /// <summary>Another channel does not accept what is sent.</summary>
    ChannelFailing,
}
