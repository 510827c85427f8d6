using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Wording;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SafeCast.TokenMonitor.Cli.Views;

/// <summary>Writes a report to the terminal: a table of verdicts, then each finding and how to fix it.</summary>
internal static class ReportView
{
    public static void Write(IAnsiConsole console, CheckReport report, IAlertWording wording)
    {
        console.Write(Table(report));
        foreach (var token in report.Tokens)
        {
            foreach (var finding in token.Assessment.Open)
            {
                Write(console, finding, token.Assessment.Context!, wording, report.StartedAt);
            }

            WriteUnknowns(console, token, wording);
        }

        WriteNotifications(console, report);
    }

    public static Text Word(Verdict verdict) => verdict switch
    {
        Verdict.Healthy => new Text("healthy", new Style(Color.Green)),
        Verdict.AtRisk => new Text("at risk", new Style(Color.Yellow)),
        Verdict.Broken => new Text("broken", new Style(Color.Red, decoration: Decoration.Bold)),
        _ => new Text("unknown", new Style(Color.Grey)),
    };

    private static Table Table(CheckReport report)
    {
        var table = new Table().RoundedBorder().AddColumns("Token", "Verdict", "Findings", "Expires", "Fingerprint", "Source");
        foreach (var token in report.Tokens)
        {
            table.AddRow(Row(token));
        }

        return table;
    }

    private static IEnumerable<IRenderable> Row(TokenResult token)
    {
        yield return new Text(token.Expectation.Name);
        yield return Word(token.Assessment.Verdict);
        yield return new Text(Found(token.Assessment));
        yield return new Text(token.Inspection?.Debug?.Value is { } debug ? Expiry(debug.ExpiresAt) : "unknown");
        yield return new Text(token.Inspection?.Token?.Fingerprint ?? "none");
        yield return new Text(token.Inspection?.Source switch
        {
            InspectionSource.App => "debug_token, queried by the app",
            InspectionSource.SelfInspection => "debug_token, queried by itself",
            InspectionSource.TokenItself => "calls with the token",
            _ => "none",
        });
    }

    private static string Found(TokenAssessment assessment) => assessment.Findings.Count == 0
        ? "none"
        : string.Join("\n", assessment.Findings.Select(finding => finding.IsIgnored ? $"{finding.Id} (ignored)" : finding.Id));

    private static string Expiry(Inspection.Graph.GraphExpiry expiry) =>
        expiry.IsNever ? "never" : expiry.Moment is { } end ? TimeText.Moment(end) : "unknown";

    private static void Write(IAnsiConsole console, Finding finding, TokenContext token, IAlertWording wording, DateTimeOffset now)
    {
        var words = wording.Describe(finding, token, now);
        var color = finding.Severity is Severity.Critical ? Color.Red : Color.Yellow;
        console.WriteLine();
        console.Write(new Text($"{finding.Severity}: ", new Style(color, decoration: Decoration.Bold)));
        console.Write(new Text($"{words.Title}\n", new Style(decoration: Decoration.Bold)));
        console.Write(new Text($"{words.Impact}\n"));
        foreach (var (number, step) in Remediation.Of(finding, token.IsInVault).Select(step => wording.Describe(step, token)).Index())
        {
            console.Write(Hanging($"{number + 1}.", step.Link is { } link ? $"{step.Text}\n{link.Url}" : step.Text));
        }

        foreach (var evidence in wording.EvidenceOf(finding, token))
        {
            console.Write(new Text($"   {evidence.Label}: {evidence.Value}\n", new Style(Color.Grey)));
        }
    }

    private static void WriteUnknowns(IAnsiConsole console, TokenResult token, IAlertWording wording)
    {
        foreach (var unknown in token.Assessment.Unknowns)
        {
            var words = wording.Describe(unknown);
            var heading = unknown.Reason is UnknownReason.QueryFailed ? "Query failed" : "Unknown";
            console.WriteLine();
            console.Write(new Text($"{heading} for \"{token.Expectation.Name}\": {words.What}\n", new Style(Color.Yellow)));
            console.Write(new Text($"{words.Why}\n"));
        }
    }

    private static void WriteNotifications(IAnsiConsole console, CheckReport report)
    {
        foreach (var token in report.Tokens.Where(token => token.IncidentResult is { Deliveries.Count: 0 } && token.Assessment.Open.Any()))
        {
            console.WriteLine();
            console.Write(new Text($"No alert was sent about \"{token.Expectation.Name}\": {Reasons.InWords(token.IncidentResult!.Reasons)}.\n", new Style(Color.Grey)));
        }

        foreach (var trouble in report.Tokens.Select(token => token.IncidentResult?.Unread).OfType<string>())
        {
            console.WriteLine();
            console.Write(new Text($"{trouble}\n", new Style(Color.Yellow)));
        }

        foreach (var token in report.Tokens)
        {
            foreach (var delivery in token.Deliveries.Where(delivery => delivery.Outcome is DeliveryOutcome.Accepted))
            {
                console.WriteLine();
                console.Write(new Text($"Alert about \"{token.Expectation.Name}\" sent by {delivery.Channel}.\n", new Style(Color.Grey)));
            }
        }

        foreach (var failure in report.NotificationFailures)
        {
            console.WriteLine();
            console.Write(new Text("Failed: ", new Style(Color.Red, decoration: Decoration.Bold)));
            console.Write(new Text($"{failure}\n"));
        }
    }

    private static Grid Hanging(string mark, string text) => new Grid()
        .AddColumn(new GridColumn().NoWrap().Padding(1, 0, 1, 0))
        .AddColumn(new GridColumn().Padding(0, 0, 0, 0))
        .AddRow(new Text(mark), new Text(text));
}
