using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Inspection;

/// <summary>The inspector and its client, wired as in production, between secrets in a dictionary and the simulated Graph.</summary>
internal sealed class InspectionBench : IAsyncDisposable
{
    private readonly SimulatedMonitor _monitor;

    private InspectionBench(SimulatedMonitor monitor)
    {
        _monitor = monitor;
        Secrets = new Dictionary<string, string> { ["TOKEN"] = World.Token.Value, ["APP_SECRET"] = World.App.Secret };
        Full = ExpectationOf(World);
        monitor.Logs = Logs;
        monitor.Arrange = services =>
        {
            services.AddSingleton<ISecretStore>(new EnvironmentSecretStore("the test", Secrets));

            // After all others are added: behind the handler that puts in the real address.
            services.PostConfigure<HttpClientFactoryOptions>(
                GraphClientFactory.HttpClientName,
                options => options.HttpMessageHandlerBuilderActions.Add(handlers => handlers.AdditionalHandlers.Add(new Tap(Sent))));
        };
    }

    public StandardWorld World => _monitor.World;

    public GraphSimulator Graph => _monitor.Simulation.Graph;

    public HastyTime Time => _monitor.Time;

    public RecordedLogs Logs { get; } = new();

    public Dictionary<string, string> Secrets { get; }

    /// <summary>An expectation that names everything there is to ask about.</summary>
    public TokenExpectation Full { get; }

    /// <summary>Every request as it went out: address and authorization.</summary>
    public ConcurrentQueue<(Uri Address, string Authorization)> Sent { get; } = [];

    public static async Task<InspectionBench> StartAsync() => new(await SimulatedMonitor.StartAsync());

    public static TokenExpectation ExpectationOf(StandardWorld world, string tokenSecret = "token", string appSecret = "app-secret") => new()
    {
        Name = "production",
        SecretName = tokenSecret,
        AppId = world.App.Id,
        AppSecretName = appSecret,
        BusinessAccountId = world.BusinessAccount.Id,
        PhoneNumberId = world.PhoneNumber.Id,
        BusinessPortfolioId = world.Portfolio.Id,
    };

    public GraphClient Client() => _monitor.Services.GetRequiredService<GraphClientFactory>().Create();

    public Task<TokenInspection> InspectAsync(TokenExpectation? expectation = null, ThrottledApps? throttled = null, CancellationToken cancellationToken = default) =>
        _monitor.Services.GetRequiredService<ITokenInspector>().InspectAsync(expectation ?? Full, throttled ?? new ThrottledApps(), cancellationToken);

    public ValueTask DisposeAsync()
    {
        Logs.Dispose();
        return _monitor.DisposeAsync();
    }

    private sealed class Tap(ConcurrentQueue<(Uri Address, string Authorization)> sent) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            sent.Enqueue((request.RequestUri!, request.Headers.Authorization?.ToString() ?? ""));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
