using System.Collections.Frozen;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>A token's facts, held against what was expected.</summary>
/// <param name="TokenName">The token's configured name.</param>
/// <param name="Findings">The worst first, then in the catalogue's order; accepted ones among them.</param>
/// <param name="Gaps">What the check does not know.</param>
public sealed record TokenAssessment(string TokenName, IReadOnlyList<Finding> Findings, IReadOnlyList<Gap> Gaps)
{
    /// <summary>
    /// The kinds of findings that the facts could decide, seen or not. Only what was looked for and not seen is gone: of a dead
    /// token nobody knows the scopes.
    /// </summary>
    public IReadOnlySet<FindingKind> LookedFor { get; init; } = FrozenSet<FindingKind>.Empty;

    /// <summary>The findings that somebody must hear of.</summary>
    public IEnumerable<Finding> Open => Findings.Where(finding => !finding.Accepted);

    /// <summary>Nothing that should be known stayed unknown.</summary>
    public bool IsComplete => Gaps.All(gap => gap.Kind is not GapKind.CouldNotFindOut);

    /// <summary>Whether the token lives is known.</summary>
    public bool IsLifeKnown => FindingCatalogue.Deaths.Any(LookedFor.Contains);

    /// <summary>
    /// A finding outweighs what could not be found out: it is true whatever else may be. Without one, an incomplete check is no
    /// proof of health. Neither are findings for which nobody needs to see the token: a date in the vault must not pass for sight while
    /// the token may be dying.
    /// </summary>
    public Verdict Verdict =>
        Open.Any(finding => finding.Severity is Severity.Critical) ? Verdict.Broken
        : !IsComplete && !IsLifeKnown && Open.All(finding => FindingCatalogue.Of(finding.Kind).IsSeenWhileBlind) ? Verdict.Unknown
        : Open.Any() ? Verdict.AtRisk
        : IsComplete ? Verdict.Healthy
        : Verdict.Unknown;
}
