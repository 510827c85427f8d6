using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Cli.Store;
using SafeCast.TokenMonitor.Cli.Views;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Setup;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Commands;

/// <summary><c>tokenmonitor store</c></summary>
internal static class StoreCommand
{
    public static Command Create()
    {
        var token = new Option<string?>("--token")
        {
            Description = "The configured name of the token, such as production; not the token itself. Optional if only one token is configured.",
            HelpName = "NAME",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check the token without storing it." };
        var force = new Option<bool>("--force") { Description = "Store the token although a step failed or is unknown. Asks for the name of the token as confirmation." };
        var confirm = new Option<string?>("--confirm") { Description = "The name of the token, to confirm --force without a prompt.", HelpName = "NAME" };
        var command = new MonitorCommand(
            "store",
            "Read a new token from a hidden prompt or standard input, check it like the hourly check, and store it in the vault as a new version if it passes.",
            [
                (ExitStatus.Healthy, "stored; with --dry-run: would be stored"),
                (ExitStatus.BrokenOrAtRisk, "a step failed; stored only with --force"),
                (ExitStatus.Unknown, "a step is unknown; stored only with --force"),
                (ExitStatus.WrongConfiguration, "invalid arguments or configuration"),
                (ExitStatus.NotStored, "not stored: the vault rejected it, or --force was not confirmed"),
                (ExitStatus.Stopped, "cancelled"),
            ])
        {
            token,
            dryRun,
            force,
            confirm,
            SharedOptions.EnvFile,
            SharedOptions.Verbose,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var services = TerminalMonitor.Build(arguments.GetValue(SharedOptions.EnvFile), arguments.GetValue(SharedOptions.Verbose));
            return await RunAsync(
                services,
                AnsiConsole.Console,
                StoreDialog.OfProcess(AnsiConsole.Console),
                new StoreRequest(arguments.GetValue(token), arguments.GetValue(dryRun), arguments.GetValue(force), arguments.GetValue(confirm)),
                cancellationToken);
        });
        return command;
    }

    internal static async Task<int> RunAsync(
        IServiceProvider services, IAnsiConsole console, StoreDialog dialog, StoreRequest request, CancellationToken cancellationToken)
    {
        var storing = services.GetRequiredService<ITokenRotation>();
        var name = TokenName(storing, request);
        if (!storing.CanStore && !request.DryRun)
        {
            throw new UnusableArgumentException(
                $"No vault is configured: secrets come from {storing.StoreName}. Set TokenMonitor__VaultUri to the address of your vault, or add --dry-run to check a token without storing it.");
        }

        var mayBeStored = false;
        try
        {
            // Meta shows a token only once, so problems with storing are reported before the user generates one.
            if (await storing.FindObstacleAsync(name, cancellationToken) is { } obstacle)
            {
                StoreView.WriteObstacle(console, obstacle);
                return ExitStatus.Unknown;
            }

            var token = new Secret(await dialog.ReadTokenAsync(name, cancellationToken));
            var newToken = await InspectAsync(storing, console, dialog, request, name, token, cancellationToken);
            switch (newToken)
            {
                case { IsInPlace: true }:
                    StoreView.WriteInPlace(console, newToken);
                    return Status(newToken.Checkup);
                case var _ when request.DryRun:
                    StoreView.WriteDryRun(console, newToken);
                    return Status(newToken.Checkup);
                case { Blocking.Count: > 0 } when !request.Force:
                    StoreView.WriteRefused(console, newToken);
                    return Status(newToken.Checkup);
                case { Blocking.Count: > 0 } when !await IsConfirmedAsync(dialog, request, name, cancellationToken):
                    StoreView.WriteNotConfirmed(console, name);
                    return ExitStatus.NotStored;
                default:
                    return await StoreAsync(storing, console, dialog, newToken, now => mayBeStored = now, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            StoreView.WriteStopped(console, mayBeStored);
            return ExitStatus.Stopped;
        }
        finally
        {
            dialog.DiscardInput();
        }
    }

    private static async Task<NewToken> InspectAsync(
        ITokenRotation storing, IAnsiConsole console, StoreDialog dialog, StoreRequest request, string name, Secret token, CancellationToken cancellationToken)
    {
        while (true)
        {
            var newToken = await storing.InspectAsync(name, token, cancellationToken);
            StoreView.WriteChecklist(console, newToken);

            // No step failed, so the token may be valid. It must not be lost because of an outage.
            var isOnlyUnknown = newToken is { IsInPlace: false, Blocking.Count: > 0 } && newToken.Blocking.All(step => step.Outcome is StepOutcome.Unknown);
            if (!isOnlyUnknown || request.DryRun || request.Force || !dialog.CanAsk)
            {
                return newToken;
            }

            StoreView.WriteNotCheckable(console, newToken);
            if (!await dialog.TryAgainAsync(cancellationToken))
            {
                return newToken;
            }
        }
    }

    private static string TokenName(ITokenRotation storing, StoreRequest request)
    {
        var names = storing.TokenNames;
        return request.TokenName switch
        {
            null when names.Count == 1 => names[0],
            null => throw new UnusableArgumentException($"Several tokens are configured. Specify one with --token: {string.Join(", ", names)}."),
            { } name when names.Contains(name) => name,

            // The argument is not repeated, because it may be the token itself.
            _ => throw new UnusableArgumentException($"--token must be the configured name of a token: {string.Join(", ", names)}."),
        };
    }

    private static async Task<bool> IsConfirmedAsync(StoreDialog dialog, StoreRequest request, string name, CancellationToken cancellationToken) =>
        request.Confirmation is { } given ? given == name
        : dialog.CanAsk && await dialog.ConfirmAsync(name, cancellationToken);

    private static async Task<int> StoreAsync(
        ITokenRotation storing, IAnsiConsole console, StoreDialog dialog, NewToken newToken, Action<bool> mayBeStored, CancellationToken cancellationToken)
    {
        while (true)
        {
            mayBeStored(true);
            switch (await storing.StoreAsync(newToken, cancellationToken))
            {
                case StoreOutcome.Stored stored:
                    StoreView.WriteStored(console, newToken, stored);
                    return Status(stored.Checkup);
                case StoreOutcome.NotReadBack notProven:
                    StoreView.WriteNotReadBack(console, notProven);
                    return ExitStatus.NotStored;
                case StoreOutcome.NotStored failed:
                    // Meta shows the token only once. It must not be lost because of a missing role.
                    mayBeStored(failed.MayBeStored);
                    StoreView.WriteNotStored(console, failed.Reason);
                    if (failed.IsOvertaken || !dialog.CanAsk || !await dialog.TryAgainAsync(cancellationToken))
                    {
                        return ExitStatus.NotStored;
                    }

                    break;
            }
        }
    }

    private static int Status(TokenCheckup checkup) => checkup.Blocking switch
    {
        [] => ExitStatus.Healthy,
        var steps when steps.Any(step => step.Outcome is StepOutcome.Failed) => ExitStatus.BrokenOrAtRisk,
        _ => ExitStatus.Unknown,
    };
}
