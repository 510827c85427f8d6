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
            Description = "The configured name of the token, such as production; not the token itself. May be left out where only one is configured.",
            HelpName = "NAME",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check the token, and store nothing." };
        var force = new Option<bool>("--force") { Description = "Store it although a step failed or could not be checked. Asks for the token's name." };
        var confirm = new Option<string?>("--confirm") { Description = "The token's name, where nobody can be asked for it.", HelpName = "NAME" };
        var command = new Command(
            "store",
            "Take a fresh token from a hidden prompt or standard input, check it as the hourly check would, and store it in the vault as a new version if it is right. "
            + "Exit status: 0 stored (with --dry-run: would be), 1 not right, 2 could not find out whether it is, 3 wrong use or configuration, 5 not stored: the vault did not take it, or --force was not confirmed, 130 stopped. "
            + "With --force 1 and 2 mean that it was stored all the same.")
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
                $"There is no vault to store in: secrets come from {storing.StoreName}. Set TokenMonitor__VaultUri to your vault's address, or add --dry-run to check a token without storing it.");
        }

        var mayBeStored = false;
        try
        {
            // A token is shown once. Whoever cannot store it is told before they make one.
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
            dialog.DropTypedAhead();
        }
    }

    private static async Task<NewToken> InspectAsync(
        ITokenRotation storing, IAnsiConsole console, StoreDialog dialog, StoreRequest request, string name, Secret token, CancellationToken cancellationToken)
    {
        while (true)
        {
            var newToken = await storing.InspectAsync(name, token, cancellationToken);
            StoreView.WriteChecklist(console, newToken);

            // Nothing is wrong with the token, as far as is known: it must not be lost to an outage.
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
            null => throw new UnusableArgumentException($"Several tokens are configured. Say which with --token: {string.Join(", ", names)}."),
            { } name when names.Contains(name) => name,

            // What was given is not repeated: it may be the token itself.
            _ => throw new UnusableArgumentException($"--token takes the configured name of a token: {string.Join(", ", names)}."),
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
                    // The token is shown once: whoever has it here must not lose it to a missing role.
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
