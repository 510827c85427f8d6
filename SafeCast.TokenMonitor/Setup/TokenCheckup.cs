using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>One token, inspected, and its checklist.</summary>
/// <param name="Expectation">What it should be.</param>
/// <param name="Inspection">The facts.</param>
/// <param name="Assessment">What they mean.</param>
/// <param name="Steps">The steps of the procedure by which it was made.</param>
public sealed record TokenCheckup(
    TokenExpectation Expectation, TokenInspection Inspection, TokenAssessment Assessment, IReadOnlyList<CheckedStep> Steps)
{
    /// <summary>The steps that stand in the token's way.</summary>
    public IReadOnlyList<CheckedStep> Blocking => [.. Steps.Where(step => step.IsBlocking)];

    /// <summary>The steps that are not proven, and should be.</summary>
    public IReadOnlyList<CheckedStep> Open => [.. Steps.Where(step => step.Outcome is not StepOutcome.Passed && !step.IsOptional)];
}
