using System.CommandLine;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Cli.Views;
using SafeCast.TokenMonitor.Monitoring;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Commands;

/// <summary><c>tokenmonitor check</c></summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the report as JSON instead of a table." };
        var noNotify = new Option<bool>("--no-notify") { Description = "Send no alerts, and do not change the state." };
        var command = new MonitorCommand(
            "check",
            "Check all configured tokens now, and send alerts on the configured channels.",
            [
                (ExitStatus.Healthy, "every token is healthy"),
                (ExitStatus.BrokenOrAtRisk, "a token is broken or at risk"),
                (ExitStatus.Unknown, "no token is broken or at risk, and one is unknown"),
                (ExitStatus.WrongConfiguration, "invalid arguments or configuration"),
                (ExitStatus.NotificationFailed, "an alert could not be delivered"),
            ])
        {
            json,
            noNotify,
            SharedOptions.EnvFile,
            SharedOptions.Verbose,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(SharedOptions.EnvFile),
            arguments.GetValue(SharedOptions.Verbose),
            arguments.GetValue(json),
            arguments.GetValue(noNotify),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? envFile, bool verbose, bool json, bool noNotify, CancellationToken cancellationToken)
    {
        await using var services = TerminalMonitor.Build(envFile, verbose);
        var report = noNotify
            ? await services.Monitor().CheckWithoutNotifyingAsync(cancellationToken)
            : await services.Monitor().CheckAsync(cancellationToken);
        if (json)
        {
            Console.Out.WriteLine(ReportDocument.ToJson(report, services.Wording()));
        }
        else
        {
            ReportView.Write(AnsiConsole.Console, report, services.Wording());
        }

        return Status(report);
    }

    internal static int Status(CheckReport report)
    {
        bool Any(params Verdict[] verdicts) => report.Tokens.Any(token => verdicts.Contains(token.Assessment.Verdict));
        return report.NotificationFailures.Any() ? ExitStatus.NotificationFailed
            : Any(Verdict.Broken, Verdict.AtRisk) ? ExitStatus.BrokenOrAtRisk
            : Any(Verdict.Unknown) ? ExitStatus.Unknown
            : ExitStatus.Healthy;
    }
}
