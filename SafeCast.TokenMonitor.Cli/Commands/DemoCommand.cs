using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Cli.Demo;
using SafeCast.TokenMonitor.Cli.StandIns;
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
            Description = "The folder that the mails, cards and reports are left in.",
            DefaultValueFactory = _ => "tokenmonitor-demo",
            HelpName = "FOLDER",
        };
        var command = new Command(
            "demo",
            "Run the hourly check through a story, against stand-ins for Key Vault, Graph, SendGrid and Teams on this machine. Needs no configuration and no network.")
        {
            folder,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(AnsiConsole.Console, arguments.GetValue(folder)!, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(IAnsiConsole console, string folder, CancellationToken cancellationToken)
    {
        await using var simulation = await Simulation.StartAsync(cancellationToken: cancellationToken);
        var world = simulation.Graph.World.AddStandard();
        SimulatedSetup.FillVault(simulation, world);
        await using var services = Build(simulation, SimulatedSetup.Settings(simulation, world));
        var monitor = services.GetRequiredService<ITokenMonitor>();
        var files = new DemoFolder(folder);

        console.WriteLine("The hourly check of one WhatsApp token, over real HTTP, against stand-ins on this machine.");
        var scenes = new DemoStory().Scenes;
        foreach (var (index, scene) in scenes.Index())
        {
            scene.Happen(simulation, world);
            var report = await monitor.CheckAsync(cancellationToken);
            Write(console, index + 1, scene, report, simulation);
            foreach (var file in files.Keep(simulation, $"{index + 1}-{scene.Name}", ReportDocument.ToJson(report)))
            {
                console.Write(new Text($"   left {file}\n", new Style(Color.Grey)));
            }
        }

        console.WriteLine();
        console.Write(new Text($"The mails, cards and reports are in {files.Path}\n"));
        return ExitStatus.Healthy;
    }

    private static ServiceProvider Build(Simulation simulation, Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSimulatedVaultAccess(simulation);
        services.AddTokenMonitor(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), MonitorHosting.Terminal);
        return services.BuildServiceProvider();
    }

    private static void Write(IAnsiConsole console, int number, DemoScene scene, CheckReport report, Simulation simulation)
    {
        var token = report.Tokens[0];
        console.WriteLine();
        console.Write(new Text($"{number}. {scene.Title}\n", new Style(decoration: Decoration.Bold)));
        console.Write(new Text($"   {token.Expectation.Name} is "));
        console.Write(ReportView.Word(token.Assessment.Verdict));
        console.Write(new Text($" ({report.Duration.TotalMilliseconds:0} ms)\n"));
        if (simulation.SendGrid.Mails is [.., var mail])
        {
            var told = mail.Text!.Split('\n').TakeWhile(line => line != "What it rests on").Skip(1);
            console.Write(new Text("   The on-call person is told, by mail and in Teams:\n"));
            console.Write(new Padder(
                new Panel(new Text($"{mail.Subject}\n\n{string.Join('\n', told).Trim()}")).RoundedBorder(),
                new Padding(3, 0, 0, 0)));
        }
        else
        {
            console.Write(new Text($"   Nobody is told: {WhyNobody(token.Assessment)}\n"));
        }
    }

    private static string WhyNobody(TokenAssessment assessment) => assessment.Verdict is Verdict.Unknown
        ? $"an outage says nothing about the token. {string.Join(" ", assessment.Gaps.Select(gap => gap.Why))}"
        : "there is nothing to tell.";
}
