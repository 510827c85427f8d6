using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>What an assessment takes beside the facts and the expectation.</summary>
/// <param name="Accepted">Ids of findings that this token may have.</param>
/// <param name="SharedWith">The other configured names that hold the same token.</param>
public sealed record AssessmentSettings(IReadOnlyCollection<string> Accepted, IReadOnlyCollection<string> SharedWith)
{
    /// <summary>Nothing accepted, nothing shared.</summary>
    public static AssessmentSettings None { get; } = new([], []);

    /// <summary>Whom the token spoke for when it last could say: remedies call that user by name. Null: not known.</summary>
    public Identity? SystemUserBefore { get; init; }

    /// <summary>What the other configured tokens should be.</summary>
    public IReadOnlyCollection<TokenExpectation> Others { get; init; } = [];
}
