using SafeCast.TokenMonitor.Cli.Commands;
using SafeCast.TokenMonitor.Cli.Views;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Simulator.SendGrid;
using SafeCast.TokenMonitor.Tests.Support;
using Spectre.Console.Testing;

namespace SafeCast.TokenMonitor.Tests.Cli;

public sealed class CheckCommandTests
{
    [Fact]
    public async Task A_healthy_token_is_status_0()
    {
        var (status, output) = await CheckAsync(_ => { });

        Assert.Equal(0, status);
        Assert.Contains("healthy", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Could not", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_token_is_status_1_with_what_broke_and_what_to_do()
    {
        var (status, output) = await CheckAsync(monitor => monitor.World.Token.State = SimulatedTokenState.Revoked);

        Assert.Equal(1, status);
        Assert.Contains("Critical: WhatsApp token \"production\" was revoked", output, StringComparison.Ordinal);
        Assert.Contains("Messages are not being sent", output, StringComparison.Ordinal);
        Assert.Contains("Generate token", output, StringComparison.Ordinal);
        Assert.Contains("sent by e-mail.", output, StringComparison.Ordinal);
        Assert.Contains("sent by Teams.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_at_risk_is_status_1()
    {
        var (status, output) = await CheckAsync(monitor => monitor.World.Token.ExpiresAt = DateTimeOffset.UtcNow.AddDays(40));

        Assert.Equal(1, status);
        Assert.Contains("at risk", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_has_status_2_and_names_what_is_unknown()
    {
        var (status, output) = await CheckAsync(monitor => monitor.Simulation.Graph.Script(GraphFault.Unavailable()));

        Assert.Equal(2, status);
        Assert.Contains("unknown", output, StringComparison.Ordinal);
        Assert.Contains("Service temporarily unavailable", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_that_did_not_take_a_message_is_status_4_with_the_reason()
    {
        var (status, output) = await CheckAsync(monitor =>
        {
            monitor.World.Token.State = SimulatedTokenState.Revoked;
            monitor.Simulation.SendGrid.Script(SendGridFault.Forbidden());
        });

        Assert.Equal(4, status);
        Assert.Contains("Failed: e-mail", output, StringComparison.Ordinal);
        Assert.Contains("403", output, StringComparison.Ordinal);
        Assert.Contains("sent by Teams.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_from_outside_is_no_markup_to_the_terminal()
    {
        var (_, output) = await CheckAsync(monitor =>
        {
            monitor.World.SystemUser.Name = "[red]sender[/] [link=https://example.com]x[/]";
            monitor.World.Token.Lose(Scope.Messaging);
        });

        Assert.Contains("[red]sender[/]", output, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Output)> CheckAsync(Action<SimulatedMonitor> arrange)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        arrange(monitor);
        using var console = new TestConsole().Width(200);

        var report = await monitor.CheckAsync();
        ReportView.Write(console, report, EnglishWording.Instance);
        return (CheckCommand.Status(report), console.Output);
    }
}
