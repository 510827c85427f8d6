using SafeCast.TokenMonitor.Setup;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Views;

/// <summary>Writes diagnostics to the terminal.</summary>
internal static class DoctorView
{
    public static void Write(IAnsiConsole console, DiagnosticsReport report)
    {
        Section(console, "Connections", report.Connections);
        Section(console, "Alerting", report.Alerting);
        foreach (var token in report.Tokens)
        {
            Section(console, $"Token {token.TokenName}{(token.Fingerprint is { } fingerprint ? $" (fingerprint {fingerprint})" : "")}", token.Steps);
        }

        console.Write(new Text($"{StepsView.Count([.. report.Steps])}.\n", new Style(decoration: Decoration.Bold)));
    }

    private static void Section(IAnsiConsole console, string title, IReadOnlyList<CheckedStep> steps)
    {
        console.Write(new Text($"{title}\n", new Style(decoration: Decoration.Bold)));
        StepsView.Write(console, steps);
        console.WriteLine();
    }
}
