using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Cli.Demo;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;

namespace SafeCast.TokenMonitor.Cli.Preview;

/// <summary>The whole monitor with its own simulators and a healthy setup, for one scene. Change settings before the first check.</summary>
internal sealed class PreviewStage : IAsyncDisposable
{
    private const string Vault = "https://contoso-whatsapp.vault.azure.net/";

    // The night of all scenes.
    private static readonly DateTimeOffset Tonight = new(2026, 11, 22, 3, 7, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _state = new();
    private readonly PreviewClock _clock;
    private ServiceProvider? _services;
    private EnvironmentSecretStore? _environment;

    private PreviewStage(Simulation simulation, PreviewClock clock)
    {
        _clock = clock;
        Simulation = simulation;
        World = simulation.Graph.World.AddStandard();
        World.Token.IssuedAt = Tonight - TimeSpan.FromDays(40);
        SimulatedSetup.FillVault(simulation, World);
        Settings = new(SimulatedSetup.Settings(simulation, World))
        {
            ["TokenMonitor:VaultUri"] = Vault,
            ["TokenMonitor:StateFolder"] = _state.Path,
            ["WEBSITE_SITE_NAME"] = "func-contoso-tokenmonitor",
        };
    }

    public Simulation Simulation { get; }

    public StandardWorld World { get; }

    public Dictionary<string, string?> Settings { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    private ITokenMonitor Monitor => (_services ??= Build()).GetRequiredService<ITokenMonitor>();

    /// <summary>Runs a scene and gets the message that was received at its end.</summary>
    public static async Task<PreviewSample> PlayAsync(PreviewScene scene, CancellationToken cancellationToken)
    {
        var clock = new PreviewClock(Tonight);
        await using var simulation = await Simulation.StartAsync(new SimulationOptions { TimeProvider = clock }, cancellationToken);
        await using var stage = new PreviewStage(simulation, clock);
        await scene.Play(stage, cancellationToken);
        return stage.Take(scene);
    }

    /// <summary>Reads the same secrets from an environment file instead of the vault, with additional variables.</summary>
    public void UseEnvironmentFile(Dictionary<string, string> also)
    {
        foreach (var (name, value) in SimulatedSetup.Secrets(Simulation, World))
        {
            also[EnvironmentSecretStore.VariableFor(name)] = value;
        }

        Settings.Remove("TokenMonitor:VaultUri");
        _environment = new EnvironmentSecretStore("the file .env", also);
    }

    /// <summary>Twelve healthy days, then an event and a check.</summary>
    public async Task SeeAsync(Action<PreviewStage> happen, CancellationToken cancellationToken)
    {
        _clock.Pass(-TimeSpan.FromDays(12));
        await CheckAsync(cancellationToken);
        await LaterAsync(TimeSpan.FromDays(12), happen, cancellationToken);
    }

    /// <summary>Lets time pass, makes something happen, and runs the next check. Earlier messages are discarded.</summary>
    public async Task LaterAsync(TimeSpan time, Action<PreviewStage> happen, CancellationToken cancellationToken)
    {
        _clock.Pass(time);
        happen(this);
        await CheckAsync(cancellationToken);
    }

    /// <summary>Sends the test message.</summary>
    public Task TestAsync(CancellationToken cancellationToken) => Monitor.SendTestAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        _state.Dispose();
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        Simulation.SendGrid.ClearMails();
        Simulation.Teams.ClearMessages();
        await Monitor.CheckAsync(cancellationToken);
    }

    private PreviewSample Take(PreviewScene scene)
    {
        // With two tokens, each has its own message.
        var mail = Simulation.SendGrid.Mails.FirstOrDefault(mail => mail.CustomArgs.GetValueOrDefault("token") is null or "production");
        var card = Simulation.Teams.Messages.FirstOrDefault(message => mail is null || message.Summary == mail.Subject);
        return new PreviewSample(scene.Group, scene.Name, mail?.Subject ?? card?.Summary ?? throw new InvalidOperationException($"The scene {scene.Name} tells nobody anything."), mail?.Html, mail?.Text, card?.Card);
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddLogging();
        services.AddSimulatedVaultAccess(Simulation);

        // The last registration wins: a vault with a realistic name instead of the address of the simulator.
        services.AddSingleton(_ => new SecretClientOptions
        {
            DisableChallengeResourceVerification = true,
            Retry = { MaxRetries = 0 },
            Transport = new HttpClientTransport(new HttpClient(Simulation.CreateHandler())),
        });
        if (_environment is not null)
        {
            services.AddSingleton<ISecretStore>(_environment);
        }

        services.AddTokenMonitor(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(), MonitorHosting.Terminal);
        return services.BuildServiceProvider();
    }
}
