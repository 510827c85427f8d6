
namespace SafeCast.TokenMonitor.Assessment;

/// <summary>A token's facts, compared with the expectation.</summary>
/// <param name="TokenName">The token's configured name.</param>
/// <param name="Findings">Most severe first, then in the catalogue's order; ignored ones among them.</param>
/// <param name="Unknowns">What the check did not learn.</param>
public sealed record TokenAssessment(string TokenName, IReadOnlyList<Finding> Findings, IReadOnlyList<UnknownFact> Unknowns)
{
    /// <summary>
    /// The kinds of findings that the facts could decide, found or not. A finding is resolved only when its kind was evaluated and not
    /// found: the scopes of an invalid token, for example, are not known.
    /// </summary>
    public IReadOnlyCollection<FindingKind> Evaluated { get; init; } = [];

    /// <summary>The token and what belongs to it; null: the check failed before anything was known.</summary>
    public TokenContext? Context { get; init; }

    /// <summary>The findings that alerts are sent about.</summary>
    public IEnumerable<Finding> Open => Findings.Where(finding => !finding.IsIgnored);

    /// <summary>The facts that were queried without a usable answer.</summary>
    public IEnumerable<UnknownFact> FailedQueries => Unknowns.Where(unknown => unknown.Reason is UnknownReason.QueryFailed);

    /// <summary>Every query got a usable answer.</summary>
    public bool IsComplete => !FailedQueries.Any();

    /// <summary>Whether it is known that the token is valid or not.</summary>
    public bool IsValidityKnown => FindingCatalogue.Invalidating.Any(Evaluated.Contains);

    /// <summary>
    /// A finding outweighs failed queries: it is true whatever they would have shown. Without one, an incomplete check does not prove
    /// health. Nor do findings that are seen without the token: a date in the vault must not hide that the token may be failing.
    /// </summary>
    public Verdict Verdict =>
        Open.Any(finding => finding.Severity is Severity.Critical) ? Verdict.Broken
        : !IsComplete && !IsValidityKnown && Open.All(finding => FindingCatalogue.Of(finding.Kind).IsSeenWithoutToken) ? Verdict.Unknown
        : Open.Any() ? Verdict.AtRisk
        : IsComplete ? Verdict.Healthy
        : Verdict.Unknown;
}
