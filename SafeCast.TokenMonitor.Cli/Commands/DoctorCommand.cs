using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Cli.Views;
using SafeCast.TokenMonitor.Setup;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Commands;

/// <summary><c>tokenmonitor doctor</c></summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the report as JSON instead of a list." };
        var send = new Option<bool>("--send") { Description = "Send a test message on every channel." };
        var command = new MonitorCommand(
            "doctor",
            "Check the whole setup: the checklist of each token, the vault, Graph, the clocks, the state, the channels and the schedule. Sends no messages without --send.",
            [
                (ExitStatus.Healthy, "all steps pass"),
                (ExitStatus.BrokenOrAtRisk, "a step failed"),
                (ExitStatus.Unknown, "no step failed, and one is unknown"),
                (ExitStatus.WrongConfiguration, "invalid arguments or configuration"),
                (ExitStatus.NotificationFailed, "a channel cannot send"),
            ])
        {
            json,
            send,
            SharedOptions.EnvFile,
            SharedOptions.Verbose,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var services = TerminalMonitor.Build(arguments.GetValue(SharedOptions.EnvFile), arguments.GetValue(SharedOptions.Verbose));
            return await RunAsync(services, AnsiConsole.Console, arguments.GetValue(json), arguments.GetValue(send), cancellationToken);
        });
        return command;
    }

    internal static async Task<int> RunAsync(IServiceProvider services, IAnsiConsole console, bool json, bool send, CancellationToken cancellationToken)
    {
        var report = await services.GetRequiredService<ISetupDiagnostics>().DiagnoseAsync(send, cancellationToken);
        if (json)
        {
            // Without wrapping, because a program reads it.
            console.Profile.Out.Writer.WriteLine(DiagnosticsDocument.ToJson(report));
        }
        else
        {
            DoctorView.Write(console, report);
        }

        return Status(report);
    }

    internal static int Status(DiagnosticsReport report)
    {
        static bool Any(IEnumerable<CheckedStep> steps, StepOutcome outcome) => steps.Any(step => step.Outcome == outcome && !step.IsOptional);
        return Any(report.Alerting, StepOutcome.Failed) ? ExitStatus.NotificationFailed
            : Any(report.Steps, StepOutcome.Failed) ? ExitStatus.BrokenOrAtRisk
            : Any(report.Steps, StepOutcome.Unknown) ? ExitStatus.Unknown
            : ExitStatus.Healthy;
    }
}
