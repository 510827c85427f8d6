using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

/// <summary>An outage of any service is unknown and shows nothing about the token.</summary>
public sealed class UnknownTests
{
    public static TheoryData<string> Names => [.. Outages.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_outage_is_Unknown_with_its_cause_and_sends_no_alert(string outage)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        Outages.All[outage](monitor);

        var report = await monitor.CheckAsync();

        var assessment = Assert.Single(report.Tokens).Assessment;
        Assert.Empty(assessment.Findings);
        Assert.Equal(Verdict.Unknown, assessment.Verdict);
        Assert.Contains(assessment.FailedQueries, unknown => unknown.Diagnostic?.Length > 0);
        Assert.Empty(monitor.Simulation.SendGrid.Calls);
        Assert.Empty(monitor.Simulation.Teams.Calls);

        // Every outage is foreseen: none comes out of a catch-all.
        Assert.Empty(logs.Named("UnexpectedError"));
        Assert.Single(logs.Named("CheckCompleted"));
    }

    [Theory]
    [InlineData(1_000_000, Verdict.Healthy)]
    [InlineData(1_048_576, Verdict.Unknown)]
    public async Task An_answer_of_more_than_a_megabyte_is_none(int padding, Verdict verdict)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Simulation.Graph.Rewrite(GraphOperation.DebugToken, body => body["padding"] = new string('x', padding));

        Assert.Equal(verdict, (await monitor.CheckAsync()).Tokens[0].Assessment.Verdict);
    }

    [Fact]
    public async Task A_warning_out_of_the_vault_does_not_hide_that_the_monitor_cannot_see()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        monitor.Simulation.Vault.Set(SimulatedSetup.TokenSecret, monitor.World.Token.Value, version => version with { ExpiresAt = DateTimeOffset.UtcNow.AddDays(20.5) });
        await monitor.CheckAsync();
        Outages.All["Graph is unavailable"](monitor);

        for (var check = 0; check < 3; check++)
        {
            monitor.Time.Offset += TimeSpan.FromHours(1);
            await monitor.CheckAsync();
        }

        Assert.Equal(
            [
                "[Warning] WhatsApp token \"production\" is stored in a vault secret that expires in 20 days",
                "[Warning] The monitor cannot check WhatsApp token \"production\"",
            ],
            monitor.Simulation.SendGrid.Mails.Select(mail => mail.Subject));

        // What Azure's own alarm counts (infra/queries/monitor-down.kql).
        Assert.Equal(["AtRisk", "Unknown", "Unknown", "Unknown"], logs.Named("TokenChecked").Select(line => $"{line.Values["Verdict"]}"));
    }
}
