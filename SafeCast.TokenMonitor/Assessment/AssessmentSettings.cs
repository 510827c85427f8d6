using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>What an assessment needs beside the facts and the expectation.</summary>
/// <param name="Ignored">Ids of findings that this token may have.</param>
/// <param name="SharedWith">The other configured names that hold the same token.</param>
public sealed record AssessmentSettings(IReadOnlyCollection<string> Ignored, IReadOnlyCollection<string> SharedWith)
{
    /// <summary>Nothing ignored, nothing shared.</summary>
    public static AssessmentSettings None { get; } = new([], []);

    /// <summary>The system user that the token last named: remediation steps call it by name. Null: not known.</summary>
    public Identity? LastSystemUser { get; init; }

    /// <summary>What the other configured tokens should be.</summary>
    public IReadOnlyCollection<TokenExpectation> Others { get; init; } = [];
}
