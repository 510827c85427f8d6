using System.Collections.Frozen;
using System.Globalization;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>What the rules look at, and where they put what they see.</summary>
internal sealed class AssessmentBuilder(TokenInspection inspection, TokenExpectation expectation, AssessmentSettings settings, DateTimeOffset now)
{
    private readonly List<Finding> _findings = [];
    private readonly List<Gap> _gaps = [];
    private readonly HashSet<FindingKind> _lookedFor = [];
    private readonly TokenNames _names = TokenNames.From(inspection, expectation, settings.SystemUserBefore);

    public TokenInspection Inspection => inspection;

    public TokenExpectation Expectation => expectation;

    public AssessmentSettings Settings => settings;

    public DateTimeOffset Now => now;

    /// <summary>The facts decide whether there is a finding of these kinds.</summary>
    public void LookFor(params ReadOnlySpan<FindingKind> kinds)
    {
        foreach (var kind in kinds)
        {
            _lookedFor.Add(kind);
        }
    }

    public void Find(FindingKind kind, IReadOnlyList<string>? details = null, Severity? severity = null, params ReadOnlySpan<Evidence> evidence) =>
        Find(kind, details, severity, impact: null, evidence);

    public void Find(FindingKind kind, IReadOnlyList<string>? details, Severity? severity, string? impact, params ReadOnlySpan<Evidence> evidence) =>
        Find(kind, details, severity, impact, deadline: null, evidence);

    public void Find(
        FindingKind kind, IReadOnlyList<string>? details, Severity? severity, string? impact, DateTimeOffset? deadline, params ReadOnlySpan<Evidence> evidence)
    {
        // The same thing can be seen in several answers; it is one finding all the same.
        if (_findings.Exists(finding => finding.Kind == kind))
        {
            return;
        }

        var definition = FindingCatalogue.Of(kind);
        _findings.Add(new Finding
        {
            Kind = kind,
            Id = definition.Id,
            Severity = severity ?? definition.Severity,
            Predicate = string.Format(CultureInfo.InvariantCulture, definition.Predicate, [.. details ?? []]),
            Impact = impact ?? definition.Impact,
            Remedy = definition.Remedy(_names),
            Evidence = [.. evidence],
            Deadline = deadline,
            Accepted = settings.Accepted.Contains(definition.Id, StringComparer.OrdinalIgnoreCase),
        });
    }

    public void Find(FindingKind kind, string detail, params ReadOnlySpan<Evidence> evidence) => Find(kind, [detail], null, evidence);

    /// <summary>Whether there is a finding of this kind.</summary>
    public bool HasFound(FindingKind kind) => _findings.Exists(finding => finding.Kind == kind);

    /// <summary>Gives a finding that was made another remedy than is usual for it, where the facts say that the usual one cannot help.</summary>
    public void Mend(FindingKind kind, Func<TokenNames, IReadOnlyList<RemedyStep>> remedy, string? impact = null)
    {
        var index = _findings.FindIndex(finding => finding.Kind == kind);
        _findings[index] = _findings[index] with { Remedy = remedy(_names), Impact = impact ?? _findings[index].Impact };
    }

    /// <summary>
    /// Sees to it that another token which may stand in this one's place is not given what it lacks: that would join what is to be kept
    /// apart. Another app's is another; one that two environments have is the one's, and here may be the other's.
    /// </summary>
    public void MendTheTokenFirst(FindingKind kind)
    {
        if (HasOpen(FindingKind.WrongApp))
        {
            Mend(kind, RemedySteps.PutRightTokenInPlace);
        }
        else if (HasOpen(FindingKind.TokenShared))
        {
            Mend(kind, n => [RemedySteps.DecideWhoseItIs(n), .. FindingCatalogue.Of(kind).Remedy(n)]);
        }
    }

    private bool HasOpen(FindingKind kind) => _findings.Exists(finding => finding.Kind == kind && !finding.Accepted);

    public void CouldNotFindOut(string what, string why) => _gaps.Add(new Gap(GapKind.CouldNotFindOut, what, why));

    public void NotStated(string what, string why) => _gaps.Add(new Gap(GapKind.NotStated, what, why));

    public void NotConfigured(string what, string why) => _gaps.Add(new Gap(GapKind.NotConfigured, what, why));

    /// <summary>What Graph's error has to offer as evidence.</summary>
    public static Evidence[] EvidenceOf(GraphError? error) => error is null
        ? []
        :
        [
            .. error.CodeAndSubcode is { } code ? [new Evidence("Graph code", code)] : Array.Empty<Evidence>(),
            new Evidence("Graph says", error.Message),
            .. error.UserMessage is { } message ? [new Evidence("Meta says", message)] : Array.Empty<Evidence>(),
            .. error.TraceId is { } trace ? [new Evidence("Trace id", trace)] : Array.Empty<Evidence>(),
        ];

    public TokenAssessment Build() => new(
        expectation.Name,
        [.. _findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => FindingCatalogue.IndexOf(finding.Kind))],
        [.. _gaps.Distinct()])
    {
        LookedFor = _lookedFor.Union(_findings.Select(finding => finding.Kind)).ToFrozenSet(),
    };
}
