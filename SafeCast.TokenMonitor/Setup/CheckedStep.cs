using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>One step of the setup of the monitor or a token, with its outcome.</summary>
public sealed record CheckedStep
{
    /// <summary>A stable id, such as <c>expiry</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The required condition: "It never expires".</summary>
    public required string Title { get; init; }

    /// <summary>Whether the condition is met.</summary>
    public required StepOutcome Outcome { get; init; }

    /// <summary>The severity if the condition is not met or unknown.</summary>
    public Severity Severity { get; init; } = Severity.Critical;

    /// <summary>
    /// The step does not count: the configuration ignores its failure, or does not configure it.
    /// </summary>
    public bool IsOptional { get; init; }

    /// <summary>What was observed, or why it is unknown, as a sentence; null: the title says everything.</summary>
    public string? Detail { get; init; }

    /// <summary>The evidence.</summary>
    public IReadOnlyList<LabelledValue> Evidence { get; init; } = [];

    /// <summary>The steps that fix it, in order.</summary>
    public IReadOnlyList<StepText> Remediation { get; init; } = [];

    /// <summary>A token must not be stored while this step is open.</summary>
    public bool IsBlocking => Outcome is not StepOutcome.Passed && Severity is Severity.Critical && !IsOptional;

    /// <summary>Gets the same step as a warning.</summary>
    internal CheckedStep AsWarning() => this with { Severity = Severity.Warning };

    /// <summary>The condition is met.</summary>
    internal static CheckedStep Pass(string id, string title, string? detail = null) =>
        new() { Id = id, Title = title, Outcome = StepOutcome.Passed, Detail = detail };

    /// <summary>The condition is not met.</summary>
    internal static CheckedStep Fail(string id, string title, string detail, params ReadOnlySpan<string> remediation) => new()
    {
        Id = id,
        Title = title,
        Outcome = StepOutcome.Failed,
        Detail = detail,
        Remediation = [.. remediation.ToArray().Select(text => new StepText(text))],
    };

    /// <summary>The condition could not be checked.</summary>
    internal static CheckedStep Unknown(string id, string title, string why, params ReadOnlySpan<string> remediation) =>
        Fail(id, title, why, remediation) with { Outcome = StepOutcome.Unknown };

    /// <summary>The step is not configured.</summary>
    internal static CheckedStep Skipped(string id, string title, string why) =>
        Unknown(id, title, why) with { IsOptional = true, Severity = Severity.Warning };
}

/// <summary>The outcome of a step.</summary>
public enum StepOutcome
{
    /// <summary>It was checked, and the condition is met.</summary>
    Passed,

    /// <summary>The condition is not met.</summary>
    Failed,

    /// <summary>It could not be checked.</summary>
    Unknown,
}
