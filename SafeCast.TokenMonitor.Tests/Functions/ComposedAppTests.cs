using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Functions;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Functions;

/// <summary>
/// The app as Program composes it: the real builder, services and telemetry, with the settings that the Bicep writes and the addresses of
/// the simulators. Functions are created as the worker creates them, and every call goes over HTTP.
/// </summary>
public sealed class ComposedAppTests : IAsyncLifetime
{
    private SimulatedMonitor _simulated = null!;
    private RecordedLogs _logs = null!;
    private IHost _app = null!;

    public async Task InitializeAsync()
    {
        _simulated = await SimulatedMonitor.StartAsync();
        (_app, _logs) = Compose(_simulated);
    }

    public async Task DisposeAsync()
    {
        _app.Dispose();
        _logs.Dispose();
        await _simulated.DisposeAsync();
    }

    [Fact]
    public async Task A_healthy_token_sends_nothing()
    {
        await TickAsync();

        Assert.Empty(_simulated.Simulation.SendGrid.Mails);
        Assert.Empty(_simulated.Simulation.Teams.Messages);
        Assert.Single(_logs.Named("CheckCompleted"));
    }

    [Fact]
    public async Task A_revoked_token_sends_an_alert_on_both_channels()
    {
        _simulated.World.Token.State = SimulatedTokenState.Revoked;

        await TickAsync();

        Assert.Equal("[Critical] WhatsApp token \"production\" was revoked", Assert.Single(_simulated.Simulation.SendGrid.Mails).Subject);
        Assert.Equal("[Critical] WhatsApp token \"production\" was revoked", Assert.Single(_simulated.Simulation.Teams.Messages).Summary);
    }

    [Fact]
    public async Task A_channel_that_refuses_fails_the_invocation()
    {
        _simulated.World.Token.State = SimulatedTokenState.Revoked;
        _simulated.Simulation.SendGrid.Script(_ => true, Fault.Answer(403, "{\"errors\":[{\"message\":\"forbidden\"}]}"), times: int.MaxValue);

        var failure = await Assert.ThrowsAsync<NotificationFailedException>(TickAsync);

        Assert.Contains("e-mail", failure.Message, StringComparison.Ordinal);
        Assert.Single(_simulated.Simulation.Teams.Messages);
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"/subscriptions/s","type":"Microsoft.KeyVault.SecretNewVersionCreated","time":"TIME","data":{"VaultName":"VAULT","ObjectType":"Secret","ObjectName":"whatsapp-system-user-token","Version":"v2"}}""")]
    [InlineData("""{"id":"e1","topic":"/subscriptions/s","subject":"whatsapp-system-user-token","eventType":"Microsoft.KeyVault.SecretNewVersionCreated","eventTime":"TIME","dataVersion":"1","metadataVersion":"1","data":{"VaultName":"VAULT","ObjectType":"Secret","ObjectName":"whatsapp-system-user-token","Version":"v2"}}""")]
    public async Task A_rotation_event_in_either_schema_triggers_one_check(string message)
    {
        var text = message.Replace("TIME", DateTimeOffset.UtcNow.ToString("O", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("VAULT", "127", StringComparison.Ordinal);

        await MessageAsync(text);
        await MessageAsync(text);

        Assert.Single(_logs.Named("CheckCompleted"));
    }

    [Fact]
    public async Task Garbage_in_the_queue_is_ignored_with_a_warning()
    {
        await MessageAsync("\u0000 not an event");

        Assert.Equal(LogLevel.Warning, Assert.Single(_logs.Named("NewVersionInvalid")).Level);
        Assert.Empty(_logs.Named("CheckCompleted"));
    }

    private Task TickAsync() => ActivatorUtilities.CreateInstance<HourlyCheck>(_app.Services).RunAsync(new TimerInfo(), CancellationToken.None);

    private Task MessageAsync(string message) => ActivatorUtilities.CreateInstance<NewVersionCheck>(_app.Services).RunAsync(message, CancellationToken.None);

    private static (IHost App, RecordedLogs Logs) Compose(SimulatedMonitor simulated)
    {
        var logs = new RecordedLogs();
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(DeployedSettings.For(simulated)
            .Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.Configuration.AddInMemoryCollection([new("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=http://127.0.0.1:9/")]);
        builder.Logging.AddProvider(logs);
        builder.Services.AddSimulatedVaultAccess(simulated.Simulation);
        builder.Services.AddSingleton<IDocumentStore>(simulated.State);
        builder.Services.AddSingleton<TimeProvider>(simulated.Time);
        return (builder.AddTokenMonitorApp().Build(), logs);
    }
}
