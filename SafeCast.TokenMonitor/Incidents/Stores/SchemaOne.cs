using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>
/// State documents of schema 1, which held rendered sentences, read into today's types: an open incident continues, and pending messages
/// are delivered with today's words. What only a sentence held is lost; labelled evidence is kept.
/// </summary>
internal static class SchemaOne
{
    public static TokenMemory Read(SchemaOneMemory memory) => new()
    {
        Fingerprint = memory.Fingerprint,
        SystemUser = memory.SystemUser,
        HealthySince = memory.HealthySince,
        Incident = memory.Incident is { } incident
            ? new Incident
            {
                Id = incident.Id,
                OpenedAt = incident.OpenedAt,
                Fingerprint = incident.Fingerprint,
                Findings = [.. incident.Findings.Select(remembered => new RememberedFinding(Read(remembered.Finding), remembered.Since, remembered.Step))],
                ToldAt = incident.ToldAt,
                TimesTold = incident.TimesTold,
            }
            : null,
        Blindness = memory.Blindness is { } blindness
            ? new Blindness
            {
                Since = blindness.Since,
                Checks = blindness.Checks,
                Unknowns = [Unspecified(blindness.Cause)],
                ToldAt = blindness.ToldAt,
                TimesTold = blindness.TimesTold,
            }
            : null,
        LastLook = memory.LastLook,
        Owed = [.. memory.Owed.Select(Read)],
        Failing = memory.Failing,
    };

    private static Notice Read(SchemaOneNotice notice) => new()
    {
        Kind = notice.Kind,
        IncidentId = notice.IncidentId,
        At = notice.At,
        Since = notice.Since,
        OwedTo = notice.OwedTo,
        Added = Read(notice.Added),
        Mended = Read(notice.Mended),
        Present = Read(notice.Present),
        Unknowns = [.. (notice.Unknowns ?? []).Select(Unspecified)],
        HealthySince = notice.HealthySince,
        TimesToldBefore = notice.TimesToldBefore,
        ChannelFailure = notice.Kind is NoticeKind.ChannelFailing ? notice.Cause : null,
        IsValidityKnown = notice.IsLifeKnown,
        NewFingerprint = notice.NewFingerprint,
        NextAt = notice.NextAt,
        Channel = notice.Channel,
        ClaimedBy = notice.ClaimedBy,
        ClaimedUntil = notice.ClaimedUntil,
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
    public required SchemaOneMemory Memory { get; init; }
}

internal sealed record SchemaOneMemory
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
    public SchemaOneBlindness? Blindness { get; init; }

    [JsonPropertyName("lastLook")]
    public Look? LastLook { get; init; }

    // Left out of a document, it reaches the initializer as null, not as the default.
    [JsonPropertyName("owed")]
    public ImmutableList<SchemaOneNotice> Owed { get; init => field = value ?? []; } = [];

    [JsonPropertyName("failing")]
    public ImmutableSortedDictionary<string, ChannelTrouble> Failing { get; init => field = value ?? field; } = ImmutableSortedDictionary<string, ChannelTrouble>.Empty;
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
    public required ImmutableList<SchemaOneRememberedFinding> Findings { get; init; }

    [JsonPropertyName("toldAt")]
    public required DateTimeOffset ToldAt { get; init; }

    [JsonPropertyName("timesTold")]
    public required int TimesTold { get; init; }
}

internal sealed record SchemaOneRememberedFinding
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

internal sealed record SchemaOneBlindness
{
    [JsonPropertyName("since")]
    public required DateTimeOffset Since { get; init; }

    [JsonPropertyName("checks")]
    public required int Checks { get; init; }

    [JsonPropertyName("cause")]
    public required string Cause { get; init; }

    [JsonPropertyName("toldAt")]
    public DateTimeOffset? ToldAt { get; init; }

    [JsonPropertyName("timesTold")]
    public int TimesTold { get; init; }
}

internal sealed record SchemaOneNotice
{
    [JsonPropertyName("kind")]
    public required NoticeKind Kind { get; init; }

    [JsonPropertyName("incidentId")]
    public required string IncidentId { get; init; }

    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("since")]
    public required DateTimeOffset Since { get; init; }

    [JsonPropertyName("owedTo")]
    public required ImmutableSortedSet<string> OwedTo { get; init; }

    [JsonPropertyName("added")]
    public ImmutableList<SchemaOneFinding>? Added { get; init; }

    [JsonPropertyName("mended")]
    public ImmutableList<SchemaOneFinding>? Mended { get; init; }

    [JsonPropertyName("present")]
    public ImmutableList<SchemaOneFinding>? Present { get; init; }

    [JsonPropertyName("unknowns")]
    public ImmutableList<string>? Unknowns { get; init; }

    [JsonPropertyName("healthySince")]
    public DateTimeOffset? HealthySince { get; init; }

    [JsonPropertyName("timesToldBefore")]
    public int TimesToldBefore { get; init; }

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
