using System.Text.Json;
using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>
/// Diagnostics as JSON. Within one <see cref="SchemaVersion"/>, fields are only added. docs/doctor.md describes them.
/// </summary>
public sealed record DiagnosticsDocument
{
    /// <summary>The current version of the schema.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>The version of the schema.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The name of the monitor.</summary>
    public required string Monitor { get; init; }

    /// <summary>The time, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The connections to the vault and Graph, and the clocks.</summary>
    public required IReadOnlyList<CheckedStepDocument> Connections { get; init; }

    /// <summary>The state, the channels and the schedule.</summary>
    public required IReadOnlyList<CheckedStepDocument> Alerting { get; init; }

    /// <summary>The tokens.</summary>
    public required IReadOnlyList<TokenStepsDocument> Tokens { get; init; }

    /// <summary>Converts a report to indented JSON.</summary>
    public static string ToJson(DiagnosticsReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(
            new DiagnosticsDocument
            {
                SchemaVersion = CurrentSchemaVersion,
                Monitor = report.MonitorName,
                At = report.At,
                Connections = [.. report.Connections.Select(From)],
                Alerting = [.. report.Alerting.Select(From)],
                Tokens = [.. report.Tokens.Select(token => new TokenStepsDocument(token.TokenName, token.Fingerprint, [.. token.Steps.Select(From)]))],
            },
            DiagnosticsJsonContext.Default.DiagnosticsDocument);
    }

    private static CheckedStepDocument From(CheckedStep step) => new(
        step.Id,
        step.Title,
        step.Outcome,
        step.Outcome is StepOutcome.Passed ? null : step.Severity,
        step.IsOptional,
        step.Detail,
        [.. step.Evidence.Select(evidence => new EvidenceDocument(evidence.Label, evidence.Value))],
        [.. step.Remediation.Select(remediation => new StepDocument(remediation.Text, remediation.Link?.Url))]);
}

/// <summary>The checklist of a token.</summary>
public sealed record TokenStepsDocument(string Name, string? Fingerprint, IReadOnlyList<CheckedStepDocument> Steps);

/// <summary>A step. <see cref="Severity"/> is null if it passed.</summary>
public sealed record CheckedStepDocument(
    string Id,
    string Title,
    StepOutcome Outcome,
    Severity? Severity,
    bool Optional,
    string? Detail,
    IReadOnlyList<EvidenceDocument> Evidence,
    IReadOnlyList<StepDocument> Remediation);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(DiagnosticsDocument))]
internal sealed partial class DiagnosticsJsonContext : JsonSerializerContext;
