using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Incidents.Stores;

namespace SafeCast.TokenMonitor.Tests.Support;

/// <summary>The whole monitor, wired as in production, on a simulation of its own. Change the settings before the first check.</summary>
internal sealed class SimulatedMonitor : IAsyncDisposable
{
    private ServiceProvider? _provider;

    private SimulatedMonitor(Simulation simulation)
    {
        Simulation = simulation;
        World = simulation.Graph.World.AddStandard();
        SimulatedSetup.FillVault(simulation, World);
        Settings = SimulatedSetup.Settings(simulation, World);
    }

    public Simulation Simulation { get; }

    /// <summary>A healthy production set-up; tests break it.</summary>
    public StandardWorld World { get; }

    public Dictionary<string, string?> Settings { get; }

    public HastyTime Time { get; } = new();

    /// <summary>What is remembered.</summary>
    public FakeDocumentStore State { get; } = new();

    /// <summary>Where every log line goes, whatever its level.</summary>
    public ILoggerProvider? Logs { get; set; }

    /// <summary>Changes the registrations before the monitor's own are made.</summary>
    public Action<IServiceCollection>? Arrange { get; set; }

    public IServiceProvider Services => _provider ??= Build();

    public static async Task<SimulatedMonitor> StartAsync() => new(await Simulation.StartAsync());

    public Task<CheckReport> CheckAsync(CancellationToken cancellationToken = default) =>
        Services.GetRequiredService<ITokenMonitor>().CheckAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }

        await Simulation.DisposeAsync();
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Trace);
            if (Logs is not null)
            {
                logging.AddProvider(Logs);
            }
        });
        services.AddSingleton<TimeProvider>(Time);
        services.AddSimulatedVaultAccess(Simulation);
        services.AddSingleton<IDocumentStore>(State);
        Arrange?.Invoke(services);
        services.AddTokenMonitor(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(), MonitorHosting.Terminal);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
