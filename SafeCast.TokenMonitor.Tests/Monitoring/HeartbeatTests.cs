using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

/// <summary>The line by whose absence an alarm sees that the monitor itself has died.</summary>
public sealed class HeartbeatTests
{
    [Fact]
    public async Task Every_completed_check_leaves_one_heartbeat_with_its_numbers()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        monitor.Watch("revoked").Token.State = SimulatedTokenState.Revoked;
        monitor.Watch("limited").PhoneNumber.Troubles = [new HealthEntity("PHONE_NUMBER", "LIMITED")];
        var unknown = monitor.Watch("unknown");
        monitor.Simulation.Graph.Script(call => call.AppId == unknown.App.Id, GraphFault.Unavailable());

        await monitor.CheckAsync();
        await monitor.CheckAsync();

        var beats = logs.Named("CheckCompleted");
        Assert.Equal(2, beats.Count);
        Assert.All(beats, beat =>
        {
            Assert.Equal(LogLevel.Information, beat.Level);
            Assert.StartsWith("Check completed: 4 tokens, 1 healthy, 1 at risk, 1 broken, 1 unknown, in ", beat.Text, StringComparison.Ordinal);
            Assert.Equal(4, beat.Values["Tokens"]);
            Assert.Equal(1, beat.Values["Healthy"]);
            Assert.Equal(1, beat.Values["AtRisk"]);
            Assert.Equal(1, beat.Values["Broken"]);
            Assert.Equal(1, beat.Values["Unknown"]);
            Assert.InRange(Assert.IsType<double>(beat.Values["ElapsedMilliseconds"]), 1, 60_000);
        });
    }

    [Fact]
    public async Task Every_token_leaves_one_line_with_its_verdict_findings_and_fingerprint()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        monitor.World.Token.State = SimulatedTokenState.Revoked;

        var report = await monitor.CheckAsync();

        var line = Assert.Single(logs.Named("TokenChecked"));
        Assert.Equal(
            $"Token production is Broken; fingerprint {report.Tokens[0].Inspection!.Token!.Fingerprint}; findings: token-revoked; notification reasons: IncidentOpened; unknown: ", line.Text);
    }

    [Fact]
    public async Task A_failed_delivery_does_not_stop_the_heart()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        ChannelFailures.OfMail["SendGrid rejected the mail"](monitor);
        ChannelFailures.OfTeams["the workflow was deleted"](monitor);

        await monitor.CheckAsync();

        Assert.Single(logs.Named("CheckCompleted"));
        Assert.Equal(2, logs.Named("DeliveryFailed").Count);
    }
}
