using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>
/// Reads state documents of schema 1, which contain rendered sentences. Open incidents continue, and pending messages are delivered with
/// the current wording. Data that only a sentence contained is lost; labelled evidence is kept.
/// </summary>
internal static class SchemaOne
{
    public static TokenState Read(SchemaOneState state) => new()
    {
        Fingerprint = state.Fingerprint,
        SystemUser = state.SystemUser,
        HealthySince = state.HealthySince,
        Incident = state.Incident is { } incident
            ? new Incident
            {
                Id = incident.Id,
                OpenedAt = incident.OpenedAt,
                Fingerprint = incident.Fingerprint,
                Findings = [.. incident.Findings.Select(stored => new IncidentFinding(Read(stored.Finding), stored.Since, stored.Step))],
                LastNotifiedAt = incident.LastNotifiedAt,
                AlertsSent = incident.AlertsSent,
            }
            : null,
        MonitoringOutage = state.MonitoringOutage is { } outage
            ? new MonitoringOutage
            {
                Since = outage.Since,
                Checks = outage.Checks,
                Unknowns = [Unspecified(outage.Cause)],
                LastNotifiedAt = outage.LastNotifiedAt,
                AlertsSent = outage.AlertsSent,
            }
            : null,
        LastObservation = state.LastObservation,
        PendingNotifications = [.. state.PendingNotifications.Select(Read)],
        Failing = state.Failing.ToImmutableSortedDictionary(
            channel => channel.Key,
            channel => new ChannelFailure(channel.Value.Checks, channel.Value.Since, channel.Value.Reason, channel.Value.IsTold) { IncidentId = channel.Value.IncidentId }),
    };

    private static Notification Read(SchemaOneNotification notification) => new()
    {
        Kind = notification.Kind switch
        {
            SchemaOneNotificationKind.Blind => NotificationKind.MonitorDown,
            SchemaOneNotificationKind.BlindReminder => NotificationKind.MonitorDownReminder,
            SchemaOneNotificationKind.SeesAgain => NotificationKind.MonitorRecovered,
            var kind => Enum.Parse<NotificationKind>(kind.ToString()),
        },
        IncidentId = notification.IncidentId,
        At = notification.At,
        Since = notification.Since,
        PendingChannels = notification.PendingChannels,
        Added = Read(notification.Added),
        Resolved = Read(notification.Resolved),
        Present = Read(notification.Present),
        Unknowns = [.. (notification.Unknowns ?? []).Select(Unspecified)],
        HealthySince = notification.HealthySince,
        AlertsSentBefore = notification.AlertsSentBefore,
        ChannelFailure = notification.Kind is SchemaOneNotificationKind.ChannelFailing ? notification.Cause : null,
        IsValidityKnown = notification.IsLifeKnown,
        NewFingerprint = notification.NewFingerprint,
        NextAt = notification.NextAt,
        Channel = notification.Channel,
        ClaimedBy = notification.ClaimedBy,
        ClaimedUntil = notification.ClaimedUntil,
    };

    private static ImmutableList<Finding> Read(ImmutableList<SchemaOneFinding>? findings) => [.. (findings ?? []).Select(Read)];

    private static Finding Read(SchemaOneFinding finding) => new()
    {
        Kind = finding.Kind,
        Severity = finding.Severity,
        Details = finding.Evidence is { Count: > 0 } evidence
            ? new FindingDetails.Recorded([.. evidence.Select(row => new LabelledValue(row.Name, row.Value))])
            : null,
        Deadline = finding.Deadline,
        IsIgnored = finding.Accepted,
    };

    private static UnknownFact Unspecified(string sentence) => new(FactTopic.Unspecified, UnknownReason.QueryFailed, UnknownCause.Error, sentence);
}

internal sealed record SchemaOneDocument
{
    [JsonPropertyName("token")]
    public required string Token { get; init; }

    [JsonPropertyName("memory")]
    public required SchemaOneState State { get; init; }
}

internal sealed record SchemaOneState
{
    [JsonPropertyName("fingerprint")]
    public string? Fingerprint { get; init; }

    [JsonPropertyName("systemUser")]
    public Identity? SystemUser { get; init; }

    [JsonPropertyName("healthySince")]
    public DateTimeOffset? HealthySince { get; init; }

    [JsonPropertyName("incident")]
    public SchemaOneIncident? Incident { get; init; }

    [JsonPropertyName("blindness")]
    public SchemaOneOutage? MonitoringOutage { get; init; }

    [JsonPropertyName("lastLook")]
    public ObservationStamp? LastObservation { get; init; }

    // If the document omits it, the initializer gets null instead of the default.
    [JsonPropertyName("owed")]
    public ImmutableList<SchemaOneNotification> PendingNotifications { get; init => field = value ?? []; } = [];

    [JsonPropertyName("failing")]
    public ImmutableSortedDictionary<string, SchemaOneChannelFailure> Failing { get; init => field = value ?? field; } = ImmutableSortedDictionary<string, SchemaOneChannelFailure>.Empty;
}

internal sealed record SchemaOneIncident
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("openedAt")]
    public required DateTimeOffset OpenedAt { get; init; }

    [JsonPropertyName("fingerprint")]
    public string? Fingerprint { get; init; }

    [JsonPropertyName("findings")]
    public required ImmutableList<SchemaOneIncidentFinding> Findings { get; init; }

    [JsonPropertyName("toldAt")]
    public required DateTimeOffset LastNotifiedAt { get; init; }

    [JsonPropertyName("timesTold")]
    public required int AlertsSent { get; init; }
}

internal sealed record SchemaOneIncidentFinding
{
    [JsonPropertyName("finding")]
    public required SchemaOneFinding Finding { get; init; }

    [JsonPropertyName("since")]
    public required DateTimeOffset Since { get; init; }

    [JsonPropertyName("step")]
    public int? Step { get; init; }
}

internal sealed record SchemaOneFinding
{
    [JsonPropertyName("kind")]
    public required FindingKind Kind { get; init; }

    [JsonPropertyName("severity")]
    public required Severity Severity { get; init; }

    [JsonPropertyName("evidence")]
    public ImmutableList<SchemaOneEvidence>? Evidence { get; init; }

    [JsonPropertyName("deadline")]
    public DateTimeOffset? Deadline { get; init; }

    [JsonPropertyName("accepted")]
    public bool Accepted { get; init; }
}

internal sealed record SchemaOneEvidence
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("value")]
    public required string Value { get; init; }
}

internal sealed record SchemaOneOutage
{
    [JsonPropertyName("since")]
    public required DateTimeOffset Since { get; init; }

    [JsonPropertyName("checks")]
    public required int Checks { get; init; }

    [JsonPropertyName("cause")]
    public required string Cause { get; init; }

    [JsonPropertyName("toldAt")]
    public DateTimeOffset? LastNotifiedAt { get; init; }

    [JsonPropertyName("timesTold")]
    public int AlertsSent { get; init; }
}

internal sealed record SchemaOneNotification
{
    [JsonPropertyName("kind")]
    public required SchemaOneNotificationKind Kind { get; init; }

    [JsonPropertyName("incidentId")]
    public required string IncidentId { get; init; }

    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("since")]
    public required DateTimeOffset Since { get; init; }

    [JsonPropertyName("owedTo")]
    public required ImmutableSortedSet<string> PendingChannels { get; init; }

    [JsonPropertyName("added")]
    public ImmutableList<SchemaOneFinding>? Added { get; init; }

    [JsonPropertyName("mended")]
    public ImmutableList<SchemaOneFinding>? Resolved { get; init; }

    [JsonPropertyName("present")]
    public ImmutableList<SchemaOneFinding>? Present { get; init; }

    [JsonPropertyName("unknowns")]
    public ImmutableList<string>? Unknowns { get; init; }

    [JsonPropertyName("healthySince")]
    public DateTimeOffset? HealthySince { get; init; }

    [JsonPropertyName("timesToldBefore")]
    public int AlertsSentBefore { get; init; }

    [JsonPropertyName("cause")]
    public string? Cause { get; init; }

    [JsonPropertyName("isLifeKnown")]
    public bool IsLifeKnown { get; init; }

    [JsonPropertyName("newFingerprint")]
    public string? NewFingerprint { get; init; }

    [JsonPropertyName("nextAt")]
    public DateTimeOffset? NextAt { get; init; }

    [JsonPropertyName("channel")]
    public string? Channel { get; init; }

    [JsonPropertyName("claimedBy")]
    public string? ClaimedBy { get; init; }

    [JsonPropertyName("claimedUntil")]
    public DateTimeOffset? ClaimedUntil { get; init; }
}

internal enum SchemaOneNotificationKind
{
    Opened,
    Changed,
    Reminder,
    Countdown,
    Resolved,
    Blind,
    BlindReminder,
    SeesAgain,
    NewTokenVerified,
    ChannelFailing,
}

internal sealed record SchemaOneChannelFailure
{
    [JsonPropertyName("checks")]
    public required int Checks { get; init; }

    [JsonPropertyName("since")]
    public required DateTimeOffset Since { get; init; }

    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    [JsonPropertyName("isTold")]
    public required bool IsTold { get; init; }

    [JsonPropertyName("incidentId")]
    public string? IncidentId { get; init; }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SchemaOneDocument))]
internal sealed partial class SchemaOneJsonContext : JsonSerializerContext;
