using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>A report as JSON. Within one <see cref="SchemaVersion"/>, fields are only added; docs/report.md describes them.</summary>
public sealed record ReportDocument
{
    /// <summary>The current schema version.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>The schema version of this document.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The name of the monitor that ran the check.</summary>
    public required string Monitor { get; init; }

    /// <summary>When the check started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The duration of the check, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The tokens.</summary>
    public required IReadOnlyList<TokenDocument> Tokens { get; init; }

    /// <summary>The channels.</summary>
    public required IReadOnlyList<ChannelDocument> Channels { get; init; }

    /// <summary>Serializes a report as indented JSON.</summary>
    public static string ToJson(CheckReport report, IAlertWording wording)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(From(report, wording), ReportJsonContext.Default.ReportDocument);
    }

    private static ReportDocument From(CheckReport report, IAlertWording wording) => new()
    {
        SchemaVersion = CurrentSchemaVersion,
        Monitor = report.MonitorName,
        StartedAt = report.StartedAt,
        DurationSeconds = Seconds(report.Duration),
        Tokens = [.. report.Tokens.Select(token => From(token, report.StartedAt, wording))],
        Channels = [.. report.Channels.Select(channel => new ChannelDocument(channel.Name, channel.Fault))],
    };

    private static TokenDocument From(TokenResult token, DateTimeOffset now, IAlertWording wording)
    {
        var debug = token.Inspection?.Debug?.Value;
        return new TokenDocument
        {
            Name = token.Expectation.Name,
            Verdict = token.Assessment.Verdict,
            Complete = token.Assessment.IsComplete,
            Secret = new SecretDocument(
                token.Expectation.SecretName,
                token.Inspection?.SecretStore,
                token.Inspection?.Secret is { } reading ? Outcome(reading) : null,
                (token.Inspection?.Secret as SecretReading.Found)?.Attributes.Version,
                token.Inspection?.Token?.Fingerprint),
            Source = token.Inspection?.Source ?? InspectionSource.None,
            GraphVersion = token.Inspection?.AnsweredVersion,
            App = debug?.AppId is { } app ? new IdentityDocument(app, debug.AppName) : null,
            SystemUser = token.Inspection?.Me?.Value is { } me ? new IdentityDocument(me.Id, me.Name) : null,
            Type = debug?.Type,
            IssuedAt = debug?.IssuedAt,
            NeverExpires = debug is { ExpiresAt.IsStated: true } ? debug.ExpiresAt.IsNever : null,
            ExpiresAt = debug?.ExpiresAt.Moment,
            Scopes = debug?.Scopes ?? token.Inspection?.ScopeGrants?.Value?.Where(grant => grant.IsGranted).Select(grant => grant.Scope).ToList(),
            Findings = [.. token.Assessment.Context is { } context ? token.Assessment.Findings.Select(finding => From(finding, context, now, wording)) : []],
            Unknowns = [.. token.Assessment.Unknowns.Select(unknown => From(unknown, wording))],
            GraphCalls = [.. (token.Inspection?.Calls ?? []).Select(call =>
                new GraphCallDocument(call.Operation, call.Failure, call.Attempts, Seconds(call.Duration)))],
            Incident = token.IncidentResult?.State.Incident is { } incident ? new IncidentDocument(incident.Id, incident.OpenedAt, incident.LastNotifiedAt, incident.AlertsSent) : null,
            Reasons = [.. token.IncidentResult?.Reasons ?? []],
            Deliveries = [.. token.Deliveries.Select(From)],
            PendingNotifications = [.. (token.IncidentResult?.State.PendingNotifications ?? []).Select(notification => new PendingNotificationDocument(notification.Kind, notification.IncidentId, notification.At, [.. notification.PendingChannels]))],
            FailingChannels = [.. (token.IncidentResult?.State.Failing ?? ImmutableSortedDictionary<string, ChannelFailure>.Empty).Select(
                failing => new FailingChannelDocument(failing.Key, failing.Value.Since, failing.Value.Checks, failing.Value.Reason))],
            StateProblem = token.IncidentResult?.Unwritten ?? token.IncidentResult?.Unread,
            DurationSeconds = Seconds(token.Inspection?.Duration ?? TimeSpan.Zero),
        };
    }

    private static FindingDocument From(Finding finding, TokenContext token, DateTimeOffset now, IAlertWording wording)
    {
        var words = wording.Describe(finding, token, now);
        return new(
            finding.Id,
            finding.Severity,
            finding.IsIgnored,
            finding.Cause,
            words.Title,
            words.Impact,
            [.. Remediation.Of(finding, token.IsInVault).Select(step => wording.Describe(step, token)).Select(step => new StepDocument(step.Text, step.Link?.Url))],
            [.. wording.EvidenceOf(finding, token).Select(evidence => new EvidenceDocument(evidence.Label, evidence.Value))]);
    }

    private static UnknownFactDocument From(UnknownFact unknown, IAlertWording wording)
    {
        var words = wording.Describe(unknown);
        return new(unknown.Reason, words.What, words.Why);
    }

    private static DeliveryDocument From(Delivery delivery) => delivery.Outcome switch
    {
        DeliveryOutcome.Accepted accepted => new(delivery.Channel, Accepted: true, accepted.Reference, null, Seconds(delivery.Duration)),
        DeliveryOutcome.Failed failed => new(delivery.Channel, Accepted: false, null, failed.Reason, Seconds(delivery.Duration)),
        _ => throw new InvalidOperationException($"Unknown outcome: {delivery.Outcome.GetType().Name}."),
    };

    private static string Outcome(SecretReading reading) => reading switch
    {
        SecretReading.Found => "found",
        SecretReading.Malformed => "malformed",
        SecretReading.Missing => "missing",
        SecretReading.Disabled => "disabled",
        SecretReading.Refused => "refused",
        SecretReading.Unreachable => "unreachable",
        _ => throw new InvalidOperationException($"Unknown reading: {reading.GetType().Name}."),
    };

    private static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 3);
}

/// <summary>A token in a report.</summary>
public sealed record TokenDocument
{
    /// <summary>Its configured name.</summary>
    public required string Name { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Every query got a usable answer.</summary>
    public required bool Complete { get; init; }

    /// <summary>The secret that contains the token.</summary>
    public required SecretDocument Secret { get; init; }

    /// <summary>The source of the facts.</summary>
    public required InspectionSource Source { get; init; }

    /// <summary>The Graph API version of the response.</summary>
    public string? GraphVersion { get; init; }

    /// <summary>The token's app.</summary>
    public IdentityDocument? App { get; init; }

    /// <summary>The system user or person that it belongs to.</summary>
    public IdentityDocument? SystemUser { get; init; }

    /// <summary>Its type.</summary>
    public string? Type { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>It does not expire; null: not known.</summary>
    public bool? NeverExpires { get; init; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Its scopes; null: not known.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The findings.</summary>
    public required IReadOnlyList<FindingDocument> Findings { get; init; }

    /// <summary>The facts that are unknown.</summary>
    public required IReadOnlyList<UnknownFactDocument> Unknowns { get; init; }

    /// <summary>The calls to Graph.</summary>
    public required IReadOnlyList<GraphCallDocument> GraphCalls { get; init; }

    /// <summary>The open incident.</summary>
    public IncidentDocument? Incident { get; init; }

    /// <summary>The reasons why alerts were sent or not; empty if the check sends no alerts.</summary>
    public required IReadOnlyList<NotificationReason> Reasons { get; init; }

    /// <summary>The messages that were sent.</summary>
    public required IReadOnlyList<DeliveryDocument> Deliveries { get; init; }

    /// <summary>The notifications that at least one channel has not accepted yet.</summary>
    public required IReadOnlyList<PendingNotificationDocument> PendingNotifications { get; init; }

    /// <summary>The channels that reject messages or cannot be reached.</summary>
    public required IReadOnlyList<FailingChannelDocument> FailingChannels { get; init; }

    /// <summary>The reason why the state could not be read or written; null: it could.</summary>
    public string? StateProblem { get; init; }

    /// <summary>The duration of the inspection, in seconds.</summary>
    public required double DurationSeconds { get; init; }
}

/// <summary>A secret, by name and without its value.</summary>
public sealed record SecretDocument(string Name, string? Store, string? Outcome, string? Version, string? Fingerprint);

/// <summary>An object with an id.</summary>
public sealed record IdentityDocument(string Id, string? Name);

/// <summary>A finding.</summary>
public sealed record FindingDocument(
    string Id,
    Severity Severity,
    bool Ignored,
    FindingCause Cause,
    string Headline,
    string Impact,
    IReadOnlyList<StepDocument> Remediation,
    IReadOnlyList<EvidenceDocument> Evidence);

/// <summary>A remediation step.</summary>
public sealed record StepDocument(string Text, Uri? Url);

/// <summary>A labelled value.</summary>
public sealed record EvidenceDocument(string Name, string Value);

/// <summary>An unknown fact.</summary>
public sealed record UnknownFactDocument(UnknownReason Reason, string What, string Why);

/// <summary>A call to Graph; <see cref="Failure"/> is null if it succeeded.</summary>
public sealed record GraphCallDocument(GraphOperation Operation, GraphErrorClass? Failure, int Attempts, double DurationSeconds);

/// <summary>A message sent on a channel.</summary>
public sealed record DeliveryDocument(string Channel, bool Accepted, string? Reference, string? Reason, double DurationSeconds);

/// <summary>An open incident.</summary>
public sealed record IncidentDocument(string Id, DateTimeOffset OpenedAt, DateTimeOffset LastNotifiedAt, int AlertsSent);

/// <summary>A pending notification.</summary>
public sealed record PendingNotificationDocument(NotificationKind Kind, string IncidentId, DateTimeOffset At, IReadOnlyList<string> To);

/// <summary>A channel that rejects messages or cannot be reached.</summary>
public sealed record FailingChannelDocument(string Channel, DateTimeOffset Since, int Checks, string Reason);

/// <summary>A channel.</summary>
public sealed record ChannelDocument(string Name, string? Fault);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
