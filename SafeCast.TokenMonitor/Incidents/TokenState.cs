using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Incidents;

/// <summary>
/// All that is remembered of one token from check to check. Immutable; holds no secret, only fingerprints. Times are UTC.
/// </summary>
public sealed record TokenState
{
    /// <summary>Nothing yet.</summary>
    public static TokenState Empty { get; } = new();

    /// <summary>The fingerprint of the token that was last seen healthy.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Whom that token spoke for; null: not known.</summary>
    public Identity? SystemUser { get; init; }

    /// <summary>Since when the token has been healthy; null: an incident is open, or it has not been seen healthy yet.</summary>
    public DateTimeOffset? HealthySince { get; init; }

    /// <summary>The open incident.</summary>
    public Incident? Incident { get; init; }

    /// <summary>The checks running that could not find out; null when the last one could.</summary>
    public MonitoringOutage? MonitoringOutage { get; init; }

    /// <summary>The look that this memory rests on; null: not known.</summary>
    public ObservationStamp? LastObservation { get; init; }

    /// <summary>What some channel has not accepted yet, the oldest first.</summary>
    // Left out of a document, it reaches the initializer as null, not as the default.
    public ImmutableList<Notification> PendingNotifications { get; init => field = value ?? []; } = [];

    /// <summary>The channels that are failing, by name.</summary>
    public ImmutableSortedDictionary<string, ChannelTrouble> Failing { get; init => field = value ?? field; } = ImmutableSortedDictionary<string, ChannelTrouble>.Empty;
}

/// <summary>The time from the first finding to the last.</summary>
public sealed record Incident
{
    /// <summary>Carried by every message about it.</summary>
    public required string Id { get; init; }

    /// <summary>When the first finding was seen.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The fingerprint of the token that it began with; null: none was read.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>What is wrong.</summary>
    public required ImmutableList<RememberedFinding> Findings { get; init; }

    /// <summary>When people were last told something of it.</summary>
    public required DateTimeOffset LastNotifiedAt { get; init; }

    /// <summary>How often people were told something of it.</summary>
    public required int AlertsSent { get; init; }

    /// <summary>How bad it is: as bad as its worst finding.</summary>
    [JsonIgnore]
    public Severity Severity => Findings.Max(remembered => remembered.Finding.Severity);
}

/// <summary>A finding of an open incident.</summary>
/// <param name="Finding">As it was last seen.</param>
/// <param name="Since">When it was first seen.</param>
/// <param name="Step">For one with a deadline: the step of the countdown that was last told, in days.</param>
public sealed record RememberedFinding(Finding Finding, DateTimeOffset Since, int? Step = null);

/// <summary>Checks running that could not find out.</summary>
public sealed record MonitoringOutage
{
    /// <summary>When the first of them was.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How many there were.</summary>
    public required int Checks { get; init; }

    /// <summary>What the last of them did not learn.</summary>
    public ImmutableList<UnknownFact> Unknowns { get; init => field = value ?? []; } = [];

    /// <summary>When people were last told; null: not yet.</summary>
    public DateTimeOffset? LastNotifiedAt { get; init; }

    /// <summary>How often people were told.</summary>
    public int AlertsSent { get; init; }
}

/// <summary>An inspection, as far as another one has to know of it that was made at the same time.</summary>
/// <param name="At">When it began.</param>
/// <param name="Fingerprint">The fingerprint of the token that it saw; null: there was none.</param>
/// <param name="WasComplete">It found out all that it asked.</param>
public sealed record ObservationStamp(DateTimeOffset At, string? Fingerprint, bool WasComplete);

/// <summary>A channel that did not accept what was sent.</summary>
/// <param name="Checks">For how many checks running.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">Why not, the last time.</param>
/// <param name="IsReported">The other channels were told.</param>
public sealed record ChannelTrouble(int Checks, DateTimeOffset Since, string Reason, bool IsReported)
{
    /// <summary>The incident whose message it did not accept, the last time; null: not known.</summary>
    public string? IncidentId { get; init; }
}
