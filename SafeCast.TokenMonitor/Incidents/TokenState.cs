using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Incidents;

/// <summary>The stored state of one token. Immutable; contains no secrets, only fingerprints. Times are UTC.</summary>
public sealed record TokenState
{
    /// <summary>The state before the first check.</summary>
    public static TokenState Empty { get; } = new();

    /// <summary>The fingerprint of the token at the last healthy check.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The system user of that token; null: not known.</summary>
    public Identity? SystemUser { get; init; }

    /// <summary>The time since which the token has been healthy; null: an incident is open, or no check was healthy yet.</summary>
    public DateTimeOffset? HealthySince { get; init; }

    /// <summary>The open incident.</summary>
    public Incident? Incident { get; init; }

    /// <summary>The consecutive checks with an unknown result; null if the last check had a result.</summary>
    public MonitoringOutage? MonitoringOutage { get; init; }

    /// <summary>The observation that this state is based on; null: not known.</summary>
    public ObservationStamp? LastObservation { get; init; }

    /// <summary>The notifications that at least one channel has not accepted yet, oldest first.</summary>
    // If the document omits it, the initializer gets null instead of the default.
    public ImmutableList<Notification> PendingNotifications { get; init => field = value ?? []; } = [];

    /// <summary>The channels that are failing, by name.</summary>
    public ImmutableSortedDictionary<string, ChannelFailure> Failing { get; init => field = value ?? field; } = ImmutableSortedDictionary<string, ChannelFailure>.Empty;
}

/// <summary>The period from the first finding until all findings are resolved.</summary>
public sealed record Incident
{
    /// <summary>The id, which every message about the incident contains.</summary>
    public required string Id { get; init; }

    /// <summary>When the first finding was detected.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The fingerprint of the token when the incident opened; null: no token was read.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The current findings.</summary>
    public required ImmutableList<IncidentFinding> Findings { get; init; }

    /// <summary>When the last alert about the incident was sent.</summary>
    public required DateTimeOffset LastNotifiedAt { get; init; }

    /// <summary>The number of alerts sent about the incident.</summary>
    public required int AlertsSent { get; init; }

    /// <summary>The severity of the most severe finding.</summary>
    [JsonIgnore]
    public Severity Severity => Findings.Max(stored => stored.Finding.Severity);
}

/// <summary>A finding of an open incident, as stored.</summary>
/// <param name="Finding">The finding at its last observation.</param>
/// <param name="Since">When it was first detected.</param>
/// <param name="Step">For a finding with a deadline: the countdown step of the last alert, in days.</param>
public sealed record IncidentFinding(Finding Finding, DateTimeOffset Since, int? Step = null);

/// <summary>Consecutive checks with an unknown result.</summary>
public sealed record MonitoringOutage
{
    /// <summary>When the first of them ran.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Their number.</summary>
    public required int Checks { get; init; }

    /// <summary>The facts that the last of them could not determine.</summary>
    public ImmutableList<UnknownFact> Unknowns { get; init => field = value ?? []; } = [];

    /// <summary>When the last alert was sent; null: none was sent yet.</summary>
    public DateTimeOffset? LastNotifiedAt { get; init; }

    /// <summary>The number of alerts sent.</summary>
    public int AlertsSent { get; init; }
}

/// <summary>The data of an inspection that a concurrent check needs.</summary>
/// <param name="At">When the inspection started.</param>
/// <param name="Fingerprint">The fingerprint of the token that it read; null: there was none.</param>
/// <param name="WasComplete">Every query got a usable answer.</param>
public sealed record ObservationStamp(DateTimeOffset At, string? Fingerprint, bool WasComplete);

/// <summary>The failure of a channel.</summary>
/// <param name="Checks">The number of consecutive failed checks.</param>
/// <param name="Since">When the first of them ran.</param>
/// <param name="Reason">The reason of the last failure.</param>
/// <param name="IsReported">An alert about the failure was sent on the other channels.</param>
public sealed record ChannelFailure(int Checks, DateTimeOffset Since, string Reason, bool IsReported)
{
    /// <summary>The incident whose message the channel rejected last; null: not known.</summary>
    public string? IncidentId { get; init; }
}
