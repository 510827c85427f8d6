using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Cli.Views;
using SafeCast.TokenMonitor.Monitoring;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Commands;

/// <summary><c>tokenmonitor status</c></summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the state as JSON." };
        var command = new MonitorCommand(
            "status",
            "Show the state without a check: open incidents, pending notifications, and the time of the next reminder.",
            [
                (ExitStatus.Healthy, "nothing is open"),
                (ExitStatus.BrokenOrAtRisk, "an incident is open or a notification is pending"),
                (ExitStatus.Unknown, "the state cannot be read"),
                (ExitStatus.WrongConfiguration, "invalid arguments or configuration"),
            ])
        {
            json,
            SharedOptions.EnvFile,
            SharedOptions.Verbose,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(SharedOptions.EnvFile), arguments.GetValue(SharedOptions.Verbose), arguments.GetValue(json), cancellationToken));
        return command;
    }

    internal static int Status(IReadOnlyList<TokenStatus> tokens) =>
        tokens.Any(token => token.Problem is not null) ? ExitStatus.Unknown
        : tokens.Any(token => token.State.Incident is not null || token.State.MonitoringOutage is { LastNotifiedAt: not null } || !token.State.PendingNotifications.IsEmpty) ? ExitStatus.BrokenOrAtRisk
        : ExitStatus.Healthy;

    internal static string ToJson(IReadOnlyList<TokenStatus> tokens) =>
        JsonSerializer.Serialize(tokens, StatusJsonContext.Default.IReadOnlyListTokenStatus);

    private static async Task<int> RunAsync(string? envFile, bool verbose, bool json, CancellationToken cancellationToken)
    {
        await using var services = TerminalMonitor.Build(envFile, verbose);
        var tokens = await services.Monitor().GetStatusAsync(cancellationToken);
        if (json)
        {
            Console.Out.WriteLine(ToJson(tokens));
        }
        else
        {
            StatusView.Write(AnsiConsole.Console, tokens, services.Wording(), DateTimeOffset.UtcNow);
        }

        return Status(tokens);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<TokenStatus>))]
internal sealed partial class StatusJsonContext : JsonSerializerContext;
