using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Cli.Commands;
using SafeCast.TokenMonitor.Cli.Views;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Simulator.SendGrid;
using SafeCast.TokenMonitor.Tests.Support;
using Spectre.Console.Testing;

namespace SafeCast.TokenMonitor.Tests.Cli;

public sealed class StatusCommandTests
{
    [Fact]
    public async Task Before_the_first_check_there_is_no_state()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();

        var (status, output, _) = await StatusAsync(monitor);

        Assert.Equal(0, status);
        Assert.Contains("production: no state yet.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_healthy_token_is_healthy_since_a_moment()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        await monitor.CheckAsync();

        var (status, output, _) = await StatusAsync(monitor);

        Assert.Equal(0, status);
        Assert.Contains("production: healthy since ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_incident_is_shown_with_what_is_pending_and_the_next_reminder()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        monitor.Simulation.SendGrid.Script(SendGridFault.Forbidden());
        await monitor.CheckAsync();

        var (status, output, json) = await StatusAsync(monitor);

        Assert.Equal(1, status);
        Assert.Contains("Critical: Token revoked (token-revoked), since ", output, StringComparison.Ordinal);
        Assert.Contains("The next message is due ", output, StringComparison.Ordinal);
        Assert.Contains("(in 23 hours)", output, StringComparison.Ordinal);
        Assert.Contains("Pending for e-mail: Opened", output, StringComparison.Ordinal);
        Assert.Contains("e-mail has failed for one check, since", output, StringComparison.Ordinal);
        var token = json[0];
        Assert.Equal("TokenRevoked", token.GetProperty("state").GetProperty("incident").GetProperty("findings")[0].GetProperty("finding").GetProperty("kind").GetString());
        Assert.Equal("e-mail", token.GetProperty("state").GetProperty("pendingNotifications")[0].GetProperty("pendingChannels")[0].GetString());
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_and_is_status_2()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.State["production"] = "{";

        var (status, output, _) = await StatusAsync(monitor);

        Assert.Equal(2, status);
        Assert.Contains("cannot be decoded", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_sends_no_alert_and_changes_no_state()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.State = SimulatedTokenState.Revoked;

        var report = await monitor.Services.GetRequiredService<ITokenMonitor>().CheckWithoutNotifyingAsync(CancellationToken.None);

        Assert.Equal("token-revoked", Assert.Single(report.Tokens[0].Assessment.Findings).Id);
        Assert.Empty(monitor.Simulation.SendGrid.Mails);
        Assert.Empty(monitor.Simulation.Teams.Messages);
        Assert.Equal((0, 0), (monitor.State.Reads, monitor.State.Writes));
    }

    private static async Task<(int Status, string Output, JsonElement Json)> StatusAsync(SimulatedMonitor monitor)
    {
        var tokens = await monitor.Services.GetRequiredService<ITokenMonitor>().GetStatusAsync(CancellationToken.None);
        using var console = new TestConsole().Width(200);
        StatusView.Write(console, tokens, EnglishWording.Instance, monitor.Time.GetUtcNow());
        return (StatusCommand.Status(tokens), console.Output, JsonDocument.Parse(StatusCommand.ToJson(tokens)).RootElement);
    }
}
