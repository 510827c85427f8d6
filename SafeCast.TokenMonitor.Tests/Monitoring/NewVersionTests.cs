using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

/// <summary>From the vault's event to what people hear, over the whole monitor.</summary>
public sealed class NewVersionTests
{
    [Fact]
    public async Task A_rotation_is_verified_and_announced_by_its_event()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        await monitor.CheckAsync();
        monitor.Simulation.Vault.Set(SimulatedSetup.TokenSecret, monitor.Simulation.Graph.World.IssueToken(monitor.World.App, monitor.World.SystemUser).Value);

        var answer = Assert.IsType<NewVersionAnswer.Checked>(await AfterAsync(monitor, Event(DateTimeOffset.UtcNow)));
        var hourly = await monitor.CheckAsync();

        Assert.Equal([NotificationReason.NewTokenVerified], answer.Report.Tokens[0].IncidentResult!.Reasons);
        Assert.Equal([NotificationReason.NothingToReport], hourly.Tokens[0].IncidentResult!.Reasons);
        Assert.Single(monitor.Simulation.SendGrid.Mails);
    }

    [Fact]
    public async Task A_wrong_token_is_reported_at_once()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        await monitor.CheckAsync();
        var fresh = monitor.Simulation.Graph.World.IssueToken(monitor.World.App, monitor.World.SystemUser);
        fresh.Lose(Scope.Messaging);
        monitor.Simulation.Vault.Set(SimulatedSetup.TokenSecret, fresh.Value);

        await AfterAsync(monitor, Event(DateTimeOffset.UtcNow));

        Assert.Equal("[Critical] WhatsApp token \"production\" is missing the scope whatsapp_business_messaging", Assert.Single(monitor.Simulation.SendGrid.Mails).Subject);
    }

    [Fact]
    public async Task A_burst_is_one_check_one_after_the_other()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        var now = DateTimeOffset.UtcNow;

        var first = await AfterAsync(monitor, Event(now));
        var earlier = await AfterAsync(monitor, Event(now.AddSeconds(-3)));
        var again = await AfterAsync(monitor, Event(now));
        var later = await AfterAsync(monitor, Event(DateTimeOffset.UtcNow.AddSeconds(1)));

        Assert.IsType<NewVersionAnswer.Checked>(first);
        Assert.Equal(new NewVersionAnswer.Ignored("a check that started after the event has covered it"), earlier);
        Assert.Equal(new NewVersionAnswer.Ignored("a check that started after the event has covered it"), again);
        Assert.IsType<NewVersionAnswer.Checked>(later);
    }

    [Fact]
    public async Task A_burst_is_one_check_also_where_the_vaults_clock_is_somewhat_ahead()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        var ahead = DateTimeOffset.UtcNow.AddMinutes(4);

        Assert.IsType<NewVersionAnswer.Checked>(await AfterAsync(monitor, Event(ahead)));
        Assert.IsType<NewVersionAnswer.Ignored>(await AfterAsync(monitor, Event(ahead)));
        Assert.IsType<NewVersionAnswer.Ignored>(await AfterAsync(monitor, Event(ahead.AddSeconds(-1))));
        Assert.IsType<NewVersionAnswer.Checked>(await AfterAsync(monitor, Event(ahead.AddSeconds(1))));
    }

    [Fact]
    public async Task A_burst_is_one_check_also_when_all_come_at_once()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        var at = DateTimeOffset.UtcNow;

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => AfterAsync(monitor, Event(at)))));

        Assert.Single(answers.OfType<NewVersionAnswer.Checked>());
        Assert.Equal(15, answers.OfType<NewVersionAnswer.Ignored>().Count());
    }

    [Fact]
    public async Task A_date_far_ahead_does_not_answer_all_events_to_come()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();

        await AfterAsync(monitor, Event(DateTimeOffset.UtcNow.AddYears(70)));

        Assert.IsType<NewVersionAnswer.Checked>(await AfterAsync(monitor, Event(DateTimeOffset.UtcNow.AddSeconds(1))));
    }

    [Fact]
    public async Task An_event_of_another_secret_touches_nothing()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();

        var answer = await AfterAsync(monitor, Event(DateTimeOffset.UtcNow, "database-password"));

        Assert.Equal(new NewVersionAnswer.Ignored("it is about a secret that is not monitored"), answer);
        Assert.Empty(monitor.Simulation.Vault.Calls);
        Assert.Equal((0, 0), (monitor.State.Reads, monitor.State.Writes));
    }

    [Theory]
    [InlineData("whatsapp-system-user-token")]
    [InlineData("whatsapp-app-secret")]
    [InlineData("sendgrid-api-key")]
    [InlineData("teams-webhook-url")]
    public async Task Every_secret_of_the_settings_is_monitored(string secret)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();

        Assert.IsType<NewVersionAnswer.Checked>(await AfterAsync(monitor, Event(DateTimeOffset.UtcNow, secret)));
    }

    [Fact]
    public async Task A_store_that_cannot_store_state_makes_a_check_too_many_rather_than_none()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.State.BeforeRead = _ => throw FakeStore();

        Assert.IsType<NewVersionAnswer.Checked>(await AfterAsync(monitor, Event(DateTimeOffset.UtcNow)));

        static StoreUnavailableException FakeStore() => new("The store is away.");
    }

    [Fact]
    public async Task The_document_of_an_event_is_not_the_state_of_a_token()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();

        await AfterAsync(monitor, Event(DateTimeOffset.UtcNow));
        var status = await monitor.Services.GetRequiredService<ITokenMonitor>().GetStatusAsync(CancellationToken.None);

        Assert.Null(Assert.Single(status).Problem);
        Assert.Contains("startedAt", monitor.State["new-version.check"], StringComparison.Ordinal);
    }

    private static Task<NewVersionAnswer> AfterAsync(SimulatedMonitor monitor, string message) =>
        monitor.Services.GetRequiredService<ITokenMonitor>().CheckAfterNewVersionAsync(message, CancellationToken.None);

    private static string Event(DateTimeOffset at, string secret = SimulatedSetup.TokenSecret) =>
        NewVersionEventsTests.EventGrid(secret: secret, time: at.UtcDateTime.ToString("O"));
}
