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
        var command = new Command(
            "test-alert",
            "Send a message marked as a test on every configured channel, and say what each answered. Exit status: 0 all took it, 3 wrong use or configuration, 4 one did not.")
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
            Console.Error.WriteLine("No channel is configured, so nobody would ever be told. Set TokenMonitor__Email__To__0 or TokenMonitor__Teams__WebhookUrlSecretName.");
            return ExitStatus.WrongConfiguration;
        }

        var deliveries = await services.Monitor().SendTestAsync(cancellationToken);
        foreach (var delivery in deliveries)
        {
            var (word, colour, detail) = delivery.Outcome switch
            {
                DeliveryOutcome.Accepted { Reference: { } reference } => ("took it", Color.Green, $" (reference {reference})"),
                DeliveryOutcome.Accepted => ("took it", Color.Green, ""),
                DeliveryOutcome.Failed failed => ("did not take it", Color.Red, $": {failed.Reason}"),
                _ => throw new InvalidOperationException($"Unknown outcome: {delivery.Outcome.GetType().Name}."),
            };
            AnsiConsole.Console.Write(new Text($"{delivery.Channel} "));
            AnsiConsole.Console.Write(new Text(word, new Style(colour)));
            AnsiConsole.Console.Write(new Text($"{detail}\n"));
        }

        AnsiConsole.Console.Write(new Text("Taking a message is not delivering it: see that it arrived.\n", new Style(Color.Grey)));
        return deliveries.All(delivery => delivery.Outcome is DeliveryOutcome.Accepted) ? ExitStatus.Healthy : ExitStatus.NotificationFailed;
    }
}
