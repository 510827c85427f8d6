using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

/// <summary>One token's trouble never keeps another from being checked.</summary>
public sealed class TokenIsolationTests
{
    [Fact]
    public async Task A_Graph_that_stalls_for_one_token_does_not_affect_the_others()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        var staging = monitor.Watch("staging");
        staging.Token.State = SimulatedTokenState.Revoked;
        monitor.Time.TimeoutSpeed = 20;
        monitor.Simulation.Graph.Script(call => call.AppId == monitor.World.App.Id, Fault.Stall());

        var report = await monitor.CheckAsync();

        Assert.Equal([Verdict.Unknown, Verdict.Broken], report.Tokens.Select(token => token.Assessment.Verdict));
        Assert.Equal("[Critical] WhatsApp token \"staging\" was revoked", Assert.Single(monitor.Simulation.SendGrid.Mails).Subject);
        Assert.Equal("[Critical] WhatsApp token \"staging\" was revoked", Assert.Single(monitor.Simulation.Teams.Messages).Summary);
    }

    [Fact]
    public async Task A_throttled_app_is_not_queried_again_and_does_not_prevent_the_check_of_other_apps()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Watch("staging");
        monitor.Simulation.Graph.Script(call => call.AppId == monitor.World.App.Id, GraphFault.Throttled());

        var report = await monitor.CheckAsync();

        Assert.Equal([Verdict.Unknown, Verdict.Healthy], report.Tokens.Select(token => token.Assessment.Verdict));
        Assert.Single(monitor.Simulation.Graph.Calls, call => call.AppId == monitor.World.App.Id);
    }

    [Fact]
    public async Task An_app_that_is_throttled_for_one_token_is_queried_for_no_other()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Settings["TokenMonitor:Concurrency"] = "1";
        foreach (var (key, value) in SimulatedSetup.Settings(monitor.Simulation, monitor.World, "second"))
        {
            monitor.Settings[key] = value;
        }

        monitor.Settings["TokenMonitor:Tokens:second:SecretName"] = "second-token";
        monitor.Simulation.Vault.Set("second-token", monitor.Simulation.Graph.World.IssueToken(monitor.World.App, monitor.World.SystemUser).Value);
        monitor.Simulation.Graph.Script(_ => true, GraphFault.Throttled());

        var report = await monitor.CheckAsync();

        Assert.Equal([Verdict.Unknown, Verdict.Unknown], report.Tokens.Select(token => token.Assessment.Verdict));
        Assert.Single(monitor.Simulation.Graph.Calls);
        Assert.Equal([0], report.Tokens[1].Inspection!.Calls.Select(call => call.Attempts).Distinct());
    }

    [Fact]
    public async Task An_unexpected_error_in_processing_the_incidents_of_one_token_does_not_prevent_alerts_about_others()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        monitor.World.Token.Lose(Scope.Messaging);
        monitor.Watch("staging").Token.Lose(Scope.Messaging);
        monitor.State.BeforeRead = read =>
        {
            if (read == 1)
            {
                throw new InvalidOperationException("Nobody foresaw this.");
            }
        };

        var report = await monitor.CheckAsync();

        Assert.Equal([Verdict.Broken, Verdict.Broken], report.Tokens.Select(token => token.Assessment.Verdict));
        var told = Assert.Single(report.Tokens, token => token.IncidentResult!.Reasons.Count > 0).Expectation.Name;
        Assert.Equal($"[Critical] WhatsApp token \"{told}\" is missing the scope whatsapp_business_messaging", Assert.Single(monitor.Simulation.SendGrid.Mails).Subject);
        Assert.Contains("Nobody foresaw this.", Assert.Throws<NotificationFailedException>(report.ThrowIfNotificationFailed).Message, StringComparison.Ordinal);
        Assert.Single(logs.Named("UnexpectedError"));
        Assert.Single(logs.Named("CheckCompleted"));
    }

    [Fact]
    public async Task A_secret_that_is_missing_for_one_token_does_not_prevent_the_check_of_others()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Watch("staging");
        monitor.Simulation.Vault.Delete("staging-token");

        var report = await monitor.CheckAsync();

        Assert.Equal([Verdict.Healthy, Verdict.Broken], report.Tokens.Select(token => token.Assessment.Verdict));
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(NullReferenceException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task An_unexpected_error_in_one_tokens_inspection_does_not_affect_the_others(Type error)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        monitor.Watch("staging");
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        var real = monitor.Services.GetRequiredService<ITokenInspector>();
        var inspector = new Mock<ITokenInspector>();
        inspector
            .Setup(i => i.InspectAsync(It.IsAny<TokenExpectation>(), It.IsAny<ThrottledApps>(), It.IsAny<CancellationToken>()))
            .Returns((TokenExpectation expectation, ThrottledApps throttled, CancellationToken cancellation) =>
                expectation.Name == "staging" ? throw (Exception)Activator.CreateInstance(error)! : real.InspectAsync(expectation, throttled, cancellation));

        var report = await MonitorWith(monitor, inspector.Object).CheckAsync(CancellationToken.None);

        Assert.Equal([Verdict.Broken, Verdict.Unknown], report.Tokens.Select(token => token.Assessment.Verdict));
        Assert.Null(report.Tokens[1].Inspection);
        Assert.Contains(error.Name, Assert.Single(report.Tokens[1].Assessment.Unknowns).Diagnostic, StringComparison.Ordinal);
        Assert.Equal("[Critical] WhatsApp token \"production\" was revoked", Assert.Single(monitor.Simulation.SendGrid.Mails).Subject);
        Assert.Equal(LogLevel.Error, Assert.Single(logs.Named("UnexpectedError")).Level);
        Assert.Contains("\"verdict\": \"Unknown\"", ReportDocument.ToJson(report, EnglishWording.Instance), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_tokens_are_inspected_at_once_than_configured_and_no_fewer()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Settings["TokenMonitor:Concurrency"] = "3";
        foreach (var index in Enumerable.Range(0, 8))
        {
            monitor.Watch($"more{index}");
        }

        var (running, most) = (0, 0);
        var inspector = new Mock<ITokenInspector>();
        inspector
            .Setup(i => i.InspectAsync(It.IsAny<TokenExpectation>(), It.IsAny<ThrottledApps>(), It.IsAny<CancellationToken>()))
            .Returns(async () =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await Task.Delay(30);
                Interlocked.Decrement(ref running);
                return new TokenInspection { At = DateTimeOffset.UtcNow, SecretStore = "a store", IsSecretInVault = true, Secret = new SecretReading.Unreachable("closed") };
            });

        var report = await MonitorWith(monitor, inspector.Object).CheckAsync(CancellationToken.None);

        Assert.Equal(9, report.Tokens.Count);
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task The_report_has_the_order_of_the_configuration_in_any_order_of_answers()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        string[] names = ["b", "a", "c"];
        foreach (var name in names)
        {
            monitor.Watch(name);
        }

        monitor.Simulation.Graph.Script(call => call.AppId == monitor.World.App.Id, Fault.Delay(TimeSpan.FromMilliseconds(100)), times: 1);

        var report = await monitor.CheckAsync();

        var configured = monitor.Services.GetRequiredService<CheckSettings>().Tokens.Select(token => token.Expectation.Name);
        Assert.Equal(configured, report.Tokens.Select(token => token.Expectation.Name));
        Assert.Equal(configured, report.Tokens.Select(token => token.Assessment.TokenName));
    }

    internal static ITokenMonitor MonitorWith(SimulatedMonitor monitor, ITokenInspector inspector) => new TokenMonitor.Monitoring.TokenMonitor(
        monitor.Services.GetRequiredService<CheckSettings>(),
        monitor.Services.GetRequiredService<ISecretStore>(),
        inspector,
        monitor.Services.GetServices<INotificationChannel>(),
        monitor.Services.GetRequiredService<IncidentProcessor>(),
        monitor.Services.GetRequiredService<AlertComposer>(),
        monitor.Services.GetRequiredService<IAlertWording>(),
        monitor.Services.GetRequiredService<CheckMetrics>(),
        monitor.Services.GetRequiredService<MonitoredSecrets>(),
        monitor.Services.GetRequiredService<NewVersionGate>(),
        monitor.Services.GetRequiredService<TimeProvider>(),
        monitor.Services.GetRequiredService<ILogger<TokenMonitor.Monitoring.TokenMonitor>>());

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
