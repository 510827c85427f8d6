using SafeCast.TokenMonitor.Cli.Commands;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Cli.Store;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Simulator.Vault;
using SafeCast.TokenMonitor.Tests.Support;
using Spectre.Console.Testing;

namespace SafeCast.TokenMonitor.Tests.Cli;

/// <summary>The store command on a simulation, with a token in place and a fresh one made.</summary>
internal sealed class StoreBench : IAsyncDisposable
{
    private StoreBench(SimulatedMonitor monitor)
    {
        Monitor = monitor;
        Fresh = monitor.Simulation.Graph.World.IssueToken(monitor.World.App, monitor.World.SystemUser);
    }

    public SimulatedMonitor Monitor { get; }

    /// <summary>The fresh token; tests make it wrong.</summary>
    public GraphToken Fresh { get; }

    public TestConsole Console { get; } = new TestConsole().Width(500).Interactive();

    /// <summary>Ctrl+C.</summary>
    public CancellationTokenSource Stop { get; } = new();

    public VaultSimulator Vault => Monitor.Simulation.Vault;

    public IReadOnlyList<SecretVersion> Versions => Vault.Versions(SimulatedSetup.TokenSecret);

    public static async Task<StoreBench> StartAsync() => new(await SimulatedMonitor.StartAsync());

    /// <summary>The token comes by standard input.</summary>
    public Task<int> PipeAsync(string? text = null, bool dryRun = false, bool force = false, string? confirm = null, string? name = "production") =>
        RunAsync(new StringReader(text ?? Fresh.Value + "\n"), new StoreRequest(name, dryRun, force, confirm));

    /// <summary>The user types these lines; the first is the token.</summary>
    public Task<int> TypeAsync(StoreRequest request, params string[] lines)
    {
        foreach (var line in lines)
        {
            Console.Input.PushTextWithEnter(line);
        }

        return RunAsync(pipe: null, request);
    }

    public async ValueTask DisposeAsync()
    {
        Console.Dispose();
        Stop.Dispose();
        await Monitor.DisposeAsync();
    }

    private Task<int> RunAsync(TextReader? pipe, StoreRequest request) =>
        StoreCommand.RunAsync(Monitor.Services, Console, new StoreDialog(Console, pipe), request, Stop.Token);
}
