using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>One step of setting up the monitor or a token, and whether it is done.</summary>
public sealed record CheckedStep
{
    /// <summary>A stable id, such as <c>expiry</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The step, as what is to be so: "It never expires".</summary>
    public required string Title { get; init; }

    /// <summary>Whether it is so.</summary>
    public required StepOutcome Outcome { get; init; }

    /// <summary>How bad it is that it is not proven.</summary>
    public Severity Severity { get; init; } = Severity.Critical;

    /// <summary>
    /// It counts for nothing: the configuration accepts that it fails, or does not ask for it.
    /// </summary>
    public bool IsOptional { get; init; }

    /// <summary>What was seen, or why nothing could be: a sentence; null where the title says it all.</summary>
    public string? Detail { get; init; }

    /// <summary>What it rests on.</summary>
    public IReadOnlyList<LabelledValue> Evidence { get; init; } = [];

    /// <summary>How to mend it, in order.</summary>
    public IReadOnlyList<StepText> Remediation { get; init; } = [];

    /// <summary>A token for which this step stands open is not to be stored.</summary>
    public bool IsBlocking => Outcome is not StepOutcome.Passed && Severity is Severity.Critical && !IsOptional;

    /// <summary>The same, and no more than a warning.</summary>
    internal CheckedStep AsWarning() => this with { Severity = Severity.Warning };

    /// <summary>It is so.</summary>
    internal static CheckedStep Pass(string id, string title, string? detail = null) =>
        new() { Id = id, Title = title, Outcome = StepOutcome.Passed, Detail = detail };

    /// <summary>It is not so.</summary>
    internal static CheckedStep Fail(string id, string title, string detail, params ReadOnlySpan<string> remediation) => new()
    {
        Id = id,
        Title = title,
        Outcome = StepOutcome.Failed,
        Detail = detail,
        Remediation = [.. remediation.ToArray().Select(text => new StepText(text))],
    };

    /// <summary>It could not be looked for.</summary>
    internal static CheckedStep Unknown(string id, string title, string why, params ReadOnlySpan<string> remediation) =>
        Fail(id, title, why, remediation) with { Outcome = StepOutcome.Unknown };

    /// <summary>Nobody asked for it.</summary>
    internal static CheckedStep Skipped(string id, string title, string why) =>
        Unknown(id, title, why) with { IsOptional = true, Severity = Severity.Warning };
}
