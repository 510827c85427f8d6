using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>An inspected token and its checklist.</summary>
/// <param name="Expectation">The expectation.</param>
/// <param name="Inspection">The facts.</param>
/// <param name="Assessment">The assessment of the facts.</param>
/// <param name="Steps">The checklist.</param>
public sealed record TokenCheckup(
    TokenExpectation Expectation, TokenInspection Inspection, TokenAssessment Assessment, IReadOnlyList<CheckedStep> Steps)
{
    /// <summary>The steps that prevent storing.</summary>
    public IReadOnlyList<CheckedStep> Blocking => [.. Steps.Where(step => step.IsBlocking)];

    /// <summary>The required steps that did not pass.</summary>
    public IReadOnlyList<CheckedStep> Open => [.. Steps.Where(step => step.Outcome is not StepOutcome.Passed && !step.IsOptional)];
}
