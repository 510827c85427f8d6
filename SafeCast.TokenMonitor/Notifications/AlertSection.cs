using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>One thing to tell: what, with which effect, what to do, and what it rests on.</summary>
/// <param name="Id">The finding's id, or null.</param>
/// <param name="Severity">How bad it is, or null.</param>
/// <param name="Title">What happened, a whole sentence.</param>
/// <param name="Impact">What stops working.</param>
/// <param name="Steps">What to do, in order.</param>
/// <param name="Evidence">What it rests on.</param>
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

    /// <summary>Said in place of steps that stand above already; null: nothing.</summary>
    public string? InsteadOfSteps { get; init; }

    /// <summary>Whether the evidence says what to do, as Meta's own proposals do: it then stands right behind the steps.</summary>
    public bool IsEvidenceToActOn { get; init; }

    /// <summary>The runbook's section about it; null: there is none.</summary>
    public Link? Runbook { get; init; }
}
