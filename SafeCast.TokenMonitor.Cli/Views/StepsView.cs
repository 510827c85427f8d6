using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Setup;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SafeCast.TokenMonitor.Cli.Views;

/// <summary>Writes the steps of a checklist, and below each failed step how to fix it.</summary>
internal static class StepsView
{
    private const int Indent = 16;

    public static void Write(IAnsiConsole console, IEnumerable<CheckedStep> steps)
    {
        var said = "";
        IReadOnlyList<StepText> shown = [];
        foreach (var step in steps)
        {
            var (word, style) = Mark(console, step);
            console.Write(Row(new Text(word, style), Headed(step)));

            // A detail that several steps share is written once.
            if (step.Outcome is not StepOutcome.Passed && step.Detail is { } detail && detail != said)
            {
                console.Write(Row(Text.Empty, new Text(detail, step.Outcome is StepOutcome.Failed && !step.IsOptional ? Style.Plain : Grey)));
                said = detail;
            }

            if (step.Outcome is not StepOutcome.Passed && !step.IsOptional)
            {
                Write(console, step, ref shown);
            }
        }
    }

    public static string Count(IReadOnlyCollection<CheckedStep> steps)
    {
        int Of(StepOutcome outcome) => steps.Count(step => step.Outcome == outcome && !step.IsOptional);
        return $"{Of(StepOutcome.Passed)} passed, {Of(StepOutcome.Failed)} failed, {Of(StepOutcome.Unknown)} unknown";
    }

    private static Style Grey => new(Color.Grey);

    // A passed step takes one line.
    private static Paragraph Headed(CheckedStep step)
    {
        var line = new Paragraph(step.Title, step.IsOptional ? Grey : Style.Plain);
        return step is { Outcome: StepOutcome.Passed, Detail: { } detail } ? line.Append($"  {detail}", Grey) : line;
    }

    private static void Write(IAnsiConsole console, CheckedStep step, ref IReadOnlyList<StepText> shown)
    {
        foreach (var evidence in step.Evidence)
        {
            console.Write(Row(Text.Empty, new Text($"{evidence.Label}: {evidence.Value}", Grey)));
        }

        if (step.Remediation.Count > 0 && step.Remediation.SequenceEqual(shown))
        {
            console.Write(Row(Text.Empty, new Text("Fix: as above.")));
            return;
        }

        foreach (var (number, remediation) in step.Remediation.Index())
        {
            var text = step.Remediation.Count == 1 ? remediation.Text : $"{number + 1}. {remediation.Text}";
            console.Write(Row(Text.Empty, new Text(remediation.Link is { } link ? $"{text}\n{link.Url}" : text)));
        }

        shown = step.Remediation.Count > 0 ? step.Remediation : shown;
    }

    private static (string Word, Style Style) Mark(IAnsiConsole console, CheckedStep step)
    {
        var (word, colour) = step switch
        {
            { Outcome: StepOutcome.Passed } => ("✓ pass", Color.Green),
            { Outcome: StepOutcome.Failed, IsOptional: true } => ("✗ ignored", Color.Grey),
            { Outcome: StepOutcome.Failed, Severity: Severity.Critical } => ("✗ FAIL", Color.Red),
            { Outcome: StepOutcome.Failed } => ("✗ warning", Color.Yellow),
            { IsOptional: true } => ("– skipped", Color.Grey),
            _ => ("? unknown", Color.Yellow),
        };
        return (console.Profile.Capabilities.Unicode ? word : word.Replace('✓', '+').Replace('✗', 'x').Replace('–', '-'), new Style(colour));
    }

    private static Grid Row(Text mark, IRenderable text) => new Grid()
        .AddColumn(new GridColumn().NoWrap().Width(Indent - 3).Padding(1, 0, 1, 0))
        .AddColumn(new GridColumn().Padding(0, 0, 0, 0))
        .AddRow(mark, text);
}
