using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Notifications;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Commands;

/// <summary><c>tokenmonitor test-alert</c></summary>
internal static class TestAlertCommand
{
    public static Command Create()
    {
        var command = new MonitorCommand(
            "test-alert",
            "Send a test message on every configured channel, and show the results.",
            [
                (ExitStatus.Healthy, "all channels accepted it"),
                (ExitStatus.WrongConfiguration, "invalid arguments or configuration"),
                (ExitStatus.NotificationFailed, "a channel did not accept it"),
            ])
        {
            SharedOptions.EnvFile,
            SharedOptions.Verbose,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(SharedOptions.EnvFile), arguments.GetValue(SharedOptions.Verbose), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? envFile, bool verbose, CancellationToken cancellationToken)
    {
        await using var services = TerminalMonitor.Build(envFile, verbose);
        if (!services.GetServices<INotificationChannel>().Any())
        {
            Console.Error.WriteLine("No channel is configured, so no alert can be sent. Set TokenMonitor__Email__To__0 or TokenMonitor__Teams__WebhookUrlSecretName.");
            return ExitStatus.WrongConfiguration;
        }

        var deliveries = await services.Monitor().SendTestAsync(cancellationToken);
        foreach (var delivery in deliveries)
        {
            var (word, colour, detail) = delivery.Outcome switch
            {
                DeliveryOutcome.Accepted { Reference: { } reference } => ("accepted", Color.Green, $" (reference {reference})"),
                DeliveryOutcome.Accepted => ("accepted", Color.Green, ""),
                DeliveryOutcome.Failed failed => ("did not accept it", Color.Red, $": {failed.Reason}"),
                _ => throw new InvalidOperationException($"Unknown outcome: {delivery.Outcome.GetType().Name}."),
            };
            AnsiConsole.Console.Write(new Text($"{delivery.Channel} "));
            AnsiConsole.Console.Write(new Text(word, new Style(colour)));
            AnsiConsole.Console.Write(new Text($"{detail}\n"));
        }

        AnsiConsole.Console.Write(new Text("An accepted message may still not arrive: check that you received it.\n", new Style(Color.Grey)));
        return deliveries.All(delivery => delivery.Outcome is DeliveryOutcome.Accepted) ? ExitStatus.Healthy : ExitStatus.NotificationFailed;
    }
}
