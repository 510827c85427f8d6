using System.Diagnostics;
using SafeCast.TokenMonitor.FunctionsHost;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;

namespace SafeCast.TokenMonitor.Benchmarks;

/// <summary>A published app and the simulators that it talks to. They keep its state from run to run, as Azure does between cold starts.</summary>
internal sealed class MeasuredApp : IAsyncDisposable
{
    private const string StateContainer = "token-monitor-state";
    private const int LaterInvocations = 10;

    private readonly PublishedApp _app;
    private readonly Simulation _simulation;
    private readonly StandardWorld _world;
    private readonly string _certificate = Path.GetTempFileName();

    private MeasuredApp(PublishedApp app, Simulation simulation)
    {
        _app = app;
        _simulation = simulation;
        _world = simulation.Graph.World.AddStandard();
        simulation.Vault.Set("whatsapp-system-user-token", _world.Token.Value);
        simulation.Vault.Set("whatsapp-app-secret", _world.App.Secret);
        simulation.Vault.Set("sendgrid-api-key", simulation.SendGrid.ApiKey);
        simulation.Vault.Set("teams-webhook-url", simulation.Teams.WebhookUrl);
        simulation.Blobs.AddContainer(StateContainer);
        File.WriteAllText(_certificate, simulation.ExportCertificatePem());
    }

    /// <summary>Publishes a project and runs it once, so that its state exists and its files are in the cache.</summary>
    public static async Task<MeasuredApp> PublishAsync(string project)
    {
        var app = new MeasuredApp(await PublishedApp.PublishAsync(project), await Simulation.StartAsync());
        await app.MeasureAsync();
        return app;
    }

    /// <summary>Starts the app and invokes its check.</summary>
    public async Task<Measurement> MeasureAsync()
    {
        var start = Stopwatch.GetTimestamp();
        await using var worker = await FunctionsWorker.StartAsync(_app, Settings());
        await CheckAsync(worker);
        var first = Stopwatch.GetElapsedTime(start);
        var later = new List<TimeSpan>();
        for (var i = 0; i < LaterInvocations; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await CheckAsync(worker);
            later.Add(Stopwatch.GetElapsedTime(begin));
        }

        return new Measurement(first, later.Order().ElementAt(LaterInvocations / 2), worker.ResidentBytes);
    }

    public async ValueTask DisposeAsync()
    {
        await _simulation.DisposeAsync();
        _app.Dispose();
        File.Delete(_certificate);
    }

    private static async Task CheckAsync(FunctionsWorker worker)
    {
        if (await worker.TickAsync("HourlyCheck") is { Succeeded: false } failed)
        {
            throw new InvalidOperationException($"The check failed: {failed.Error}\n{worker.Output}");
        }
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["IDENTITY_ENDPOINT"] = _simulation.Identity.Endpoint.AbsoluteUri,
        ["IDENTITY_HEADER"] = _simulation.Identity.Header,
        ["AZURE_TOKEN_CREDENTIALS"] = "ManagedIdentityCredential",
        ["SSL_CERT_FILE"] = _certificate,
        ["TOKEN_MONITOR_SCHEDULE"] = "0 7 * * * *",
        ["TOKEN_MONITOR_ROTATION_QUEUE"] = "new-version",
        ["TokenMonitor__VaultUri"] = _simulation.Vault.SecureBaseUrl.AbsoluteUri,
        ["TokenMonitor__StateContainerUri"] = _simulation.Blobs.ContainerUri(StateContainer).AbsoluteUri,
        ["TokenMonitor__Graph__BaseUrl"] = _simulation.Graph.BaseUrl.AbsoluteUri.TrimEnd('/'),
        ["TokenMonitor__Graph__Version"] = "v26.0",
        ["TokenMonitor__Tokens__production__AppId"] = _world.App.Id,
        ["TokenMonitor__Tokens__production__AppSecretName"] = "whatsapp-app-secret",
        ["TokenMonitor__Tokens__production__BusinessAccountId"] = _world.BusinessAccount.Id,
        ["TokenMonitor__Tokens__production__PhoneNumberId"] = _world.PhoneNumber.Id,
        ["TokenMonitor__Email__From"] = "token-monitor@contoso.com",
        ["TokenMonitor__Email__To__0"] = "oncall@contoso.com",
        ["TokenMonitor__Email__ApiKeySecretName"] = "sendgrid-api-key",
        ["TokenMonitor__Teams__WebhookUrlSecretName"] = "teams-webhook-url",
    };
}
