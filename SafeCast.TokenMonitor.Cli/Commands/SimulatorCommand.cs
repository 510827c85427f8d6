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
        var port = new Option<int>("--port") { Description = "The port for http. The next port is used for https.", DefaultValueFactory = _ => 7180, HelpName = "PORT" };
        var state = new Option<SimulatedTokenState>("--token")
        {
            Description = $"The state of the token: {string.Join(", ", Enum.GetNames<SimulatedTokenState>())}.",
            DefaultValueFactory = _ => SimulatedTokenState.Valid,
            HelpName = "STATE",
        };
        var command = new Command(
            "simulator",
            "Run simulators of Key Vault, managed identity, Graph, SendGrid, Teams and blob storage until Ctrl+C, for a local Functions host.")
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
            await Console.Error.WriteLineAsync($"Port {port} or {port + 1} is in use. Choose another port with --port.");
            return ExitStatus.WrongConfiguration;
        }

        await using (simulation)
        {
            var world = simulation.Graph.World.AddStandard();
            world.Token.State = state;
            SimulatedSetup.FillVault(simulation, world);
            var certificate = Path.Combine(Path.GetTempPath(), $"tokenmonitor-simulator-{port}.pem");
            await File.WriteAllTextAsync(certificate, simulation.ExportCertificatePem(), cancellationToken);

            var newToken = Path.Combine(Path.GetTempPath(), $"tokenmonitor-simulator-{port}.token");
            await File.WriteAllTextAsync(newToken, simulation.Graph.World.IssueToken(world.App, world.SystemUser).Value, cancellationToken);

            WriteSettings(console, simulation, world, certificate);
            console.Profile.Out.Writer.WriteLine($"A new token is in {newToken}: try \"tokenmonitor store --token production\".");
            await WriteArrivalsAsync(console, simulation, cancellationToken);
        }

        return ExitStatus.Healthy;
    }

    private static void WriteSettings(IAnsiConsole console, Simulation simulation, StandardWorld world, string certificate)
    {
        console.WriteLine("The simulators are running. Set these environment variables for the Functions host or \"tokenmonitor check\":");
        console.WriteLine();
        var settings = SimulatedSetup.Settings(simulation, world).Select(setting => (Name: setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value))
            .Append(("IDENTITY_ENDPOINT", simulation.Identity.Endpoint.AbsoluteUri))
            .Append(("IDENTITY_HEADER", simulation.Identity.Header))
            .Append(("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential"))
            .Append(("SSL_CERT_FILE", certificate));
        foreach (var (name, value) in settings)
        {
            // Without wrapping, so that the lines can be copied.
            console.Profile.Out.Writer.WriteLine($"export {name}='{value}'");
        }

        console.WriteLine();
        console.WriteLine("SSL_CERT_FILE makes .NET on Linux trust the certificate of the simulated vault. Press Ctrl+C to stop.");
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
            // Stopped with Ctrl+C.
        }
    }
}
