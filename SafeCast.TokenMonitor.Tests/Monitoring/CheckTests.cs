using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

public sealed class CheckTests
{
    [Fact]
    public async Task A_token_as_the_procedure_makes_it_is_healthy_and_sends_no_alert()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();

        var report = await monitor.CheckAsync();

        var token = Assert.Single(report.Tokens);
        Assert.Empty(token.Assessment.Findings);
        Assert.Empty(token.Assessment.Unknowns);
        Assert.Equal(Verdict.Healthy, token.Assessment.Verdict);
        Assert.Empty(monitor.Simulation.SendGrid.Mails);
        Assert.Empty(monitor.Simulation.Teams.Messages);
    }

    [Fact]
    public async Task A_revoked_token_sends_an_alert_by_mail_and_to_Teams()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.State = SimulatedTokenState.Revoked;

        var report = await monitor.CheckAsync();

        Assert.Equal("token-revoked", Assert.Single(report.Tokens[0].Assessment.Findings).Id);
        Assert.Equal("[Critical] WhatsApp token \"production\" was revoked", Assert.Single(monitor.Simulation.SendGrid.Mails).Subject);
        Assert.Equal("[Critical] WhatsApp token \"production\" was revoked", Assert.Single(monitor.Simulation.Teams.Messages).Summary);
        Assert.Empty(monitor.Simulation.Teams.FailedRuns);
        Assert.Empty(report.NotificationFailures);
    }
}
