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
    public bool IsExcused { get; init; }

    /// <summary>What was seen, or why nothing could be: a sentence; null where the title says it all.</summary>
    public string? Detail { get; init; }

    /// <summary>What it rests on.</summary>
    public IReadOnlyList<LabelledValue> Evidence { get; init; } = [];

    /// <summary>How to mend it, in order.</summary>
    public IReadOnlyList<StepText> Remedy { get; init; } = [];

    /// <summary>A token for which this step stands open is not to be stored.</summary>
    public bool StandsInTheWay => Outcome is not StepOutcome.Proven && Severity is Severity.Critical && !IsExcused;

    /// <summary>The same, and no more than a warning.</summary>
    internal CheckedStep AsWarning() => this with { Severity = Severity.Warning };

    /// <summary>It is so.</summary>
    internal static CheckedStep Done(string id, string title, string? detail = null) =>
        new() { Id = id, Title = title, Outcome = StepOutcome.Proven, Detail = detail };

    /// <summary>It is not so.</summary>
    internal static CheckedStep Fault(string id, string title, string detail, params ReadOnlySpan<string> remedy) => new()
    {
        Id = id,
        Title = title,
        Outcome = StepOutcome.Failed,
        Detail = detail,
        Remedy = [.. remedy.ToArray().Select(text => new StepText(text))],
    };

    /// <summary>It could not be looked for.</summary>
    internal static CheckedStep Open(string id, string title, string why, params ReadOnlySpan<string> remedy) =>
        Fault(id, title, why, remedy) with { Outcome = StepOutcome.NotCheckable };

    /// <summary>Nobody asked for it.</summary>
    internal static CheckedStep NotAskedFor(string id, string title, string why) =>
        Open(id, title, why) with { IsExcused = true, Severity = Severity.Warning };
}
