using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Setup;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SafeCast.TokenMonitor.Cli.Views;

/// <summary>Steps of the set-up as a list with marks, and under what failed how to mend it.</summary>
internal static class StepsView
{
    private const int Indent = 16;

    public static void Write(IAnsiConsole console, IEnumerable<CheckedStep> steps)
    {
        var said = "";
        IReadOnlyList<StepText> remedied = [];
        foreach (var step in steps)
        {
            var (word, style) = Mark(console, step);
            console.Write(Row(new Text(word, style), Headed(step)));

            // What is true of many steps is said once.
            if (step.Outcome is not StepOutcome.Proven && step.Detail is { } detail && detail != said)
            {
                console.Write(Row(Text.Empty, new Text(detail, step.Outcome is StepOutcome.Failed && !step.IsExcused ? Style.Plain : Grey)));
                said = detail;
            }

            if (step.Outcome is not StepOutcome.Proven && !step.IsExcused)
            {
                Write(console, step, ref remedied);
            }
        }
    }

    public static string Count(IReadOnlyCollection<CheckedStep> steps)
    {
        int Of(StepOutcome outcome) => steps.Count(step => step.Outcome == outcome && !step.IsExcused);
        return $"{Of(StepOutcome.Proven)} done, {Of(StepOutcome.Failed)} failed, {Of(StepOutcome.NotCheckable)} not checkable";
    }

    private static Style Grey => new(Color.Grey);

    // Where all is well a line will do.
    private static Paragraph Headed(CheckedStep step)
    {
        var line = new Paragraph(step.Title, step.IsExcused ? Grey : Style.Plain);
        return step is { Outcome: StepOutcome.Proven, Detail: { } detail } ? line.Append($"  {detail}", Grey) : line;
    }

    private static void Write(IAnsiConsole console, CheckedStep step, ref IReadOnlyList<StepText> remedied)
    {
        foreach (var evidence in step.Evidence)
        {
            console.Write(Row(Text.Empty, new Text($"{evidence.Label}: {evidence.Value}", Grey)));
        }

        if (step.Remedy.Count > 0 && step.Remedy.SequenceEqual(remedied))
        {
            console.Write(Row(Text.Empty, new Text("Mended as above.")));
            return;
        }

        foreach (var (number, remedy) in step.Remedy.Index())
        {
            var text = step.Remedy.Count == 1 ? remedy.Text : $"{number + 1}. {remedy.Text}";
            console.Write(Row(Text.Empty, new Text(remedy.Link is { } link ? $"{text}\n{link.Url}" : text)));
        }

        remedied = step.Remedy.Count > 0 ? step.Remedy : remedied;
    }

    private static (string Word, Style Style) Mark(IAnsiConsole console, CheckedStep step)
    {
        var (word, colour) = step switch
        {
            { Outcome: StepOutcome.Proven } => ("✓ done", Color.Green),
            { Outcome: StepOutcome.Failed, IsExcused: true } => ("✗ accepted", Color.Grey),
            { Outcome: StepOutcome.Failed, Severity: Severity.Critical } => ("✗ failed", Color.Red),
            { Outcome: StepOutcome.Failed } => ("✗ warning", Color.Yellow),
            { IsExcused: true } => ("– not asked", Color.Grey),
            _ => ("? not known", Color.Yellow),
        };
        return (console.Profile.Capabilities.Unicode ? word : word.Replace('✓', '+').Replace('✗', 'x').Replace('–', '-'), new Style(colour));
    }

    private static Grid Row(Text mark, IRenderable text) => new Grid()
        .AddColumn(new GridColumn().NoWrap().Width(Indent - 3).Padding(1, 0, 1, 0))
        .AddColumn(new GridColumn().Padding(0, 0, 0, 0))
        .AddRow(mark, text);
}
