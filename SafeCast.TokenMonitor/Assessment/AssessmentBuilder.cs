using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>The input of the rules, and the collection of their findings.</summary>
internal sealed class AssessmentBuilder(TokenInspection inspection, TokenExpectation expectation, AssessmentSettings settings, DateTimeOffset now)
{
    private readonly List<Finding> _findings = [];
    private readonly List<UnknownFact> _unknowns = [];
    private readonly HashSet<FindingKind> _evaluated = [];

    public TokenInspection Inspection => inspection;

    public TokenExpectation Expectation => expectation;

    public AssessmentSettings Settings => settings;

    public DateTimeOffset Now => now;

    /// <summary>The facts decide whether there is a finding of these kinds.</summary>
    public void MarkEvaluated(params ReadOnlySpan<FindingKind> kinds)
    {
        foreach (var kind in kinds)
        {
            _evaluated.Add(kind);
        }
    }

    /// <summary>A finding of this kind, with its usual severity, to be completed and added.</summary>
    public static Finding New(FindingKind kind) => new() { Kind = kind, Severity = FindingCatalogue.Of(kind).Severity };

    /// <summary>Adds a finding. Several answers may show the same: there is one finding of a kind.</summary>
    public void Add(Finding finding)
    {
        if (!Has(finding.Kind))
        {
            _findings.Add(finding with { IsIgnored = settings.Ignored.Contains(finding.Id, StringComparer.OrdinalIgnoreCase) });
        }
    }

    /// <summary>Whether there is a finding of this kind.</summary>
    public bool Has(FindingKind kind) => _findings.Exists(finding => finding.Kind == kind);

    /// <summary>
    /// The cause of a finding whose usual fix gives the token more rights. A token of another app must be replaced instead, and one that
    /// two environments use may have to be: with more rights it would join what must stay separate.
    /// </summary>
    public FindingCause CauseOfMissingRights() =>
        HasOpen(FindingKind.WrongApp) ? FindingCause.AnotherAppsToken
        : HasOpen(FindingKind.TokenShared) ? FindingCause.SharedToken
        : FindingCause.Usual;

    public void QueryFailed(FactTopic topic, GraphError error) => _unknowns.Add(new(
        topic, UnknownReason.QueryFailed, error.Class is GraphErrorClass.Version ? UnknownCause.WrongGraphVersion : UnknownCause.Error, error.ToString()));

    public void QueryFailed(FactTopic topic, string diagnostic) => _unknowns.Add(new(topic, UnknownReason.QueryFailed, UnknownCause.Error, diagnostic));

    public void QueryFailed(FactTopic topic, UnknownCause cause) => _unknowns.Add(new(topic, UnknownReason.QueryFailed, cause));

    public void NotStated(FactTopic topic, UnknownCause cause, string? diagnostic = null) => _unknowns.Add(new(topic, UnknownReason.NotStated, cause, diagnostic));

    public void NotConfigured(FactTopic topic) => _unknowns.Add(new(topic, UnknownReason.NotConfigured, UnknownCause.None));

    public TokenAssessment Build() => new(
        expectation.Name,
        [.. _findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => FindingCatalogue.IndexOf(finding.Kind))],
        [.. _unknowns.Distinct()])
    {
        Evaluated = [.. _evaluated, .. _findings.Select(finding => finding.Kind)],
        Context = TokenContext.From(inspection, expectation, settings.LastSystemUser),
    };

    private bool HasOpen(FindingKind kind) => _findings.Exists(finding => finding.Kind == kind && !finding.IsIgnored);
}
