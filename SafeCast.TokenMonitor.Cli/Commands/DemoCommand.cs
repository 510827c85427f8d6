using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Cli.Demo;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Cli.Views;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Simulator;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Commands;

/// <summary><c>tokenmonitor demo</c></summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var folder = new Option<string>("--out")
        {
            Description = "The folder for the mails, cards and reports.",
            DefaultValueFactory = _ => "tokenmonitor-demo",
            HelpName = "FOLDER",
        };
        var command = new Command(
            "demo",
            "Run the hourly check through a scenario, against embedded simulators of Key Vault, Graph, SendGrid and Teams. Needs no configuration and no network.")
        {
            folder,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(AnsiConsole.Console, arguments.GetValue(folder)!, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(IAnsiConsole console, string folder, CancellationToken cancellationToken)
    {
        var clock = new DemoClock();
        using var state = new TemporaryFolder();
        await using var simulation = await Simulation.StartAsync(new SimulationOptions { TimeProvider = clock }, cancellationToken);
        var world = simulation.Graph.World.AddStandard();
        SimulatedSetup.FillVault(simulation, world);
        await using var services = Build(simulation, clock, new Dictionary<string, string?>(SimulatedSetup.Settings(simulation, world))
        {
            ["TokenMonitor:StateFolder"] = state.Path,
        });
        var monitor = services.GetRequiredService<ITokenMonitor>();
        var files = new DemoFolder(folder);

        console.WriteLine("The hourly check of one WhatsApp token over HTTP, against embedded simulators. Only the clock is simulated.");
        var scenes = new DemoScenario().Scenes;
        foreach (var (index, scene) in scenes.Index())
        {
            clock.Pass(TimeSpan.FromHours(scene.Hours));
            scene.Happen(simulation, world);
            var report = await monitor.CheckAsync(cancellationToken);
            Write(console, index + 1, scene, report, simulation, clock.GetUtcNow());
            foreach (var file in files.Write(simulation, $"{index + 1}-{scene.Name}", ReportDocument.ToJson(report, services.Wording())))
            {
                console.Write(new Text($"   wrote {file}\n", new Style(Color.Grey)));
            }
        }

        console.WriteLine();
        console.Write(new Text($"The mails, cards and reports are in {files.Path}\n"));
        return ExitStatus.Healthy;
    }

    private static ServiceProvider Build(Simulation simulation, DemoClock clock, Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddLogging();
        services.AddSimulatedVaultAccess(simulation);
        services.AddTokenMonitor(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), MonitorHosting.Terminal);
        return services.BuildServiceProvider();
    }

    private static void Write(IAnsiConsole console, int number, DemoScene scene, CheckReport report, Simulation simulation, DateTimeOffset now)
    {
        var token = report.Tokens[0];
        console.WriteLine();
        console.Write(new Text($"{number}. {TimeText.Moment(now)}  {scene.Title}\n", new Style(decoration: Decoration.Bold)));
        console.Write(new Text($"   {token.Expectation.Name} is "));
        console.Write(ReportView.Word(token.Assessment.Verdict));
        console.Write(new Text($" ({report.Duration.TotalMilliseconds:0} ms)\n"));
        if (simulation.SendGrid.Mails.Count > 0)
        {
            console.Write(new Text("   An alert is sent by e-mail and to Teams:\n"));
            foreach (var mail in simulation.SendGrid.Mails)
            {
                // The first part of the mail. The file contains all of it.
                var text = mail.Text!.Split('\n').TakeWhile(line => line != "----");
                console.Write(new Padder(
                    new Panel(new Text($"{mail.Subject}\n\n{string.Join('\n', text).Trim()}")).RoundedBorder(),
                    new Padding(3, 0, 0, 0)));
            }
        }
        else
        {
            console.Write(new Text($"   No alert is sent: {Reasons.InWords(token.IncidentResult!.Reasons)}.\n"));
        }
    }
}
