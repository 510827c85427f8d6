using System.Text.Json;
using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>
/// An examination as JSON for programs to read. Within one <see cref="SchemaVersion"/> fields are only ever added; docs/doctor.md describes them.
/// </summary>
public sealed record DoctorDocument
{
    /// <summary>The version of the schema that is written.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version of the schema.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Which monitor was examined.</summary>
    public required string Monitor { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the monitor reads from.</summary>
    public required IReadOnlyList<CheckedStepDocument> Surroundings { get; init; }

    /// <summary>What it takes for people to be told.</summary>
    public required IReadOnlyList<CheckedStepDocument> Telling { get; init; }

    /// <summary>The tokens.</summary>
    public required IReadOnlyList<TokenStepsDocument> Tokens { get; init; }

    /// <summary>The report, as indented JSON.</summary>
    public static string ToJson(DoctorReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(
            new DoctorDocument
            {
                SchemaVersion = CurrentSchemaVersion,
                Monitor = report.MonitorName,
                At = report.At,
                Surroundings = [.. report.Surroundings.Select(From)],
                Telling = [.. report.Telling.Select(From)],
                Tokens = [.. report.Tokens.Select(token => new TokenStepsDocument(token.TokenName, token.Fingerprint, [.. token.Steps.Select(From)]))],
            },
            DoctorJsonContext.Default.DoctorDocument);
    }

    private static CheckedStepDocument From(CheckedStep step) => new(
        step.Id,
        step.Title,
        step.Outcome,
        step.Outcome is StepOutcome.Proven ? null : step.Severity,
        step.IsExcused,
        step.Detail,
        [.. step.Evidence.Select(evidence => new EvidenceDocument(evidence.Label, evidence.Value))],
        [.. step.Remedy.Select(remedy => new StepDocument(remedy.Text, remedy.Link?.Url))]);
}

/// <summary>A token's checklist.</summary>
public sealed record TokenStepsDocument(string Name, string? Fingerprint, IReadOnlyList<CheckedStepDocument> Steps);

/// <summary>A step; <see cref="Severity"/> is null when it is proven.</summary>
public sealed record CheckedStepDocument(
    string Id,
    string Title,
    StepOutcome Outcome,
    Severity? Severity,
    bool Excused,
    string? Detail,
    IReadOnlyList<EvidenceDocument> Evidence,
    IReadOnlyList<StepDocument> Remedy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(DoctorDocument))]
internal sealed partial class DoctorJsonContext : JsonSerializerContext;
