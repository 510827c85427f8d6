using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>A section of a message: what happened, its impact, the steps and the evidence.</summary>
/// <param name="Id">The id of the finding, or null.</param>
/// <param name="Severity">The severity, or null.</param>
/// <param name="Title">What happened, as a sentence.</param>
/// <param name="Impact">What stops working.</param>
/// <param name="Steps">The steps, in order.</param>
/// <param name="Evidence">The evidence.</param>
public sealed record AlertSection(
    string? Id,
    Severity? Severity,
    string Title,
    string Impact,
    IReadOnlyList<StepText> Steps,
    IReadOnlyList<LabelledValue> Evidence)
{
    /// <summary>The severity in words; empty for a section without one.</summary>
    public string Badge { get; init; } = "";

    /// <summary>A sentence instead of steps that are already in an earlier section; null: none.</summary>
    public string? InsteadOfSteps { get; init; }

    /// <summary>Whether the evidence contains instructions, like the fixes that Meta names. It then follows the steps.</summary>
    public bool IsEvidenceToActOn { get; init; }

    /// <summary>The section of the runbook; null: none.</summary>
    public Link? Runbook { get; init; }
}
