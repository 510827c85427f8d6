using System.CommandLine;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Commands;

/// <summary><c>tokenmonitor simulator</c></summary>
internal static class SimulatorCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The port for http; https takes the next one.", DefaultValueFactory = _ => 7180 };
        var state = new Option<SimulatedTokenState>("--token") { Description = "What has become of the token.", DefaultValueFactory = _ => SimulatedTokenState.Valid };
        var command = new Command(
            "simulator",
            "Run stand-ins for Key Vault, managed identity, Graph, SendGrid and Teams on this machine until Ctrl+C, for a local Functions host to talk to.")
        {
            port,
            state,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            AnsiConsole.Console, arguments.GetValue(port), arguments.GetValue(state), cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(IAnsiConsole console, int port, SimulatedTokenState state, CancellationToken cancellationToken)
    {
        Simulation simulation;
        try
        {
            simulation = await Simulation.StartAsync(new SimulationOptions { HttpPort = port, HttpsPort = port + 1 }, cancellationToken);
        }
        catch (IOException)
        {
            await Console.Error.WriteLineAsync($"Port {port} or {port + 1} is taken. Choose another with --port.");
            return ExitStatus.WrongConfiguration;
        }

        await using (simulation)
        {
            var world = simulation.Graph.World.AddStandard();
            world.Token.State = state;
            SimulatedSetup.FillVault(simulation, world);
            var certificate = Path.Combine(Path.GetTempPath(), $"tokenmonitor-simulator-{port}.pem");
            await File.WriteAllTextAsync(certificate, simulation.ExportCertificatePem(), cancellationToken);

            var freshToken = Path.Combine(Path.GetTempPath(), $"tokenmonitor-simulator-{port}.token");
            await File.WriteAllTextAsync(freshToken, simulation.Graph.World.IssueToken(world.App, world.SystemUser).Value, cancellationToken);

            WriteSettings(console, simulation, world, certificate);
            console.Profile.Out.Writer.WriteLine($"A fresh token, as Meta would show it once, is in {freshToken}: try \"tokenmonitor store --token production\".");
            await WriteArrivalsAsync(console, simulation, cancellationToken);
        }

        return ExitStatus.Healthy;
    }

    private static void WriteSettings(IAnsiConsole console, Simulation simulation, StandardWorld world, string certificate)
    {
        console.WriteLine("Stand-ins are listening. Give the Functions host, or \"tokenmonitor check\", this environment:");
        console.WriteLine();
        var settings = SimulatedSetup.Settings(simulation, world).Select(setting => (Name: setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value))
            .Append(("IDENTITY_ENDPOINT", simulation.Identity.Endpoint.AbsoluteUri))
            .Append(("IDENTITY_HEADER", simulation.Identity.Header))
            .Append(("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential"))
            .Append(("SSL_CERT_FILE", certificate));
        foreach (var (name, value) in settings)
        {
            // Bare, so that it can be copied: nothing is wrapped.
            console.Profile.Out.Writer.WriteLine($"export {name}='{value}'");
        }

        console.WriteLine();
        console.WriteLine("SSL_CERT_FILE makes .NET on Linux trust the stand-in vault's certificate. Ctrl+C ends.");
    }

    private static async Task WriteArrivalsAsync(IAnsiConsole console, Simulation simulation, CancellationToken cancellationToken)
    {
        var (mails, cards) = (0, 0);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                foreach (var mail in simulation.SendGrid.Mails.Skip(mails))
                {
                    console.Write(new Text($"mail: {mail.Subject}\n"));
                    mails++;
                }

                foreach (var card in simulation.Teams.Messages.Skip(cards))
                {
                    console.Write(new Text($"card: {card.Summary}\n"));
                    cards++;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how this ends.
        }
    }
}
