using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Incidents.Stores;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

/// <summary>One channel's trouble never keeps another from being sent, and is never kept quiet.</summary>
public sealed class ChannelIsolationTests
{
    public static TheoryData<string> MailTroubles => [.. ChannelFailures.OfMail.Keys];

    public static TheoryData<string> TeamsTroubles => [.. ChannelFailures.OfTeams.Keys];

    [Fact]
    public async Task What_cannot_be_stored_is_reported_and_fails_the_invocation()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        monitor.State.BeforeWrite = _ => throw FakeDocumentStore.Unavailable;

        var report = await monitor.CheckAsync();

        Assert.Single(monitor.Simulation.SendGrid.Mails);
        Assert.Equal(["state: the fake store could not be reached."], report.NotificationFailures);
        Assert.Throws<NotificationFailedException>(report.ThrowIfNotificationFailed);
    }

    [Theory]
    [MemberData(nameof(MailTroubles))]
    public async Task When_mail_fails_Teams_is_sent_and_the_failure_is_loud(string trouble)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        ChannelFailures.OfMail[trouble](monitor);

        var report = await monitor.CheckAsync();

        Assert.Empty(monitor.Simulation.SendGrid.Mails);
        Assert.Single(monitor.Simulation.Teams.Messages);
        AssertLoud(report, logs, "e-mail");
    }

    [Theory]
    [MemberData(nameof(TeamsTroubles))]
    public async Task When_Teams_fails_mail_is_sent_and_the_failure_is_loud(string trouble)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        ChannelFailures.OfTeams[trouble](monitor);

        var report = await monitor.CheckAsync();

        Assert.Empty(monitor.Simulation.Teams.Messages);
        Assert.Single(monitor.Simulation.SendGrid.Mails);
        AssertLoud(report, logs, "Teams");
    }

    [Theory]
    [InlineData("the key is missing", "e-mail: The SendGrid API key, the secret sendgrid-api-key in Key Vault *, is missing: store it there.")]
    [InlineData("the key is disabled", "e-mail: The SendGrid API key, the secret sendgrid-api-key in Key Vault *, is disabled: enable it there.")]
    [InlineData("the key was pasted in quotes", "e-mail: The SendGrid API key, the secret sendgrid-api-key in Key Vault *, cannot be used: it has quotes around it.")]
    [InlineData("the URL is missing", "Teams: The Teams webhook URL, the secret teams-webhook-url in Key Vault *, is missing: store it there.")]
    [InlineData("the URL is a retired connector's", "Teams: The Teams webhook URL, the secret teams-webhook-url in Key Vault *, cannot be used: it is the URL of an Office 365 connector, which Microsoft retired;*")]
    public async Task A_channel_that_could_send_nothing_is_reported_even_when_there_is_nothing_to_send(string trouble, string expected)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        (ChannelFailures.OfMail.GetValueOrDefault(trouble) ?? ChannelFailures.OfTeams[trouble])(monitor);

        var report = await monitor.CheckAsync();

        Assert.Equal(Verdict.Healthy, report.Tokens[0].Assessment.Verdict);
        var failure = Assert.Single(report.NotificationFailures);
        var parts = expected.Split('*');
        Assert.StartsWith(parts[0], failure, StringComparison.Ordinal);
        Assert.Contains(parts[1], failure, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Error, Assert.Single(logs.Named("ChannelUnusable")).Level);
        Assert.Contains(parts[0], Assert.Throws<NotificationFailedException>(report.ThrowIfNotificationFailed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_whose_key_cannot_be_read_does_not_fail_while_there_is_nothing_to_send()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        ChannelFailures.OfMail["the vault holds the key back"](monitor);
        ChannelFailures.OfTeams["the vault refuses the URL"](monitor);

        var report = await monitor.CheckAsync();

        Assert.Empty(report.NotificationFailures);
        report.ThrowIfNotificationFailed();
    }

    [Theory]
    [InlineData("SendGrid stalls", 3)]
    [InlineData("SendGrid is down", 3)]
    [InlineData("SendGrid resets the connection", 3)]
    [InlineData("SendGrid rejected the mail", 1)]
    public async Task What_may_pass_is_tried_three_times_and_what_will_not_pass_once(string trouble, int calls)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        ChannelFailures.OfMail[trouble](monitor);

        await monitor.CheckAsync();

        Assert.Equal(calls, monitor.Simulation.SendGrid.Calls.Count);
    }

    [Fact]
    public async Task When_both_channels_fail_both_reasons_are_given()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        ChannelFailures.OfMail["SendGrid rejected the mail"](monitor);
        ChannelFailures.OfTeams["the workflow was deleted"](monitor);

        var report = await monitor.CheckAsync();

        var message = Assert.Throws<NotificationFailedException>(report.ThrowIfNotificationFailed).Message;
        Assert.Contains("e-mail: SendGrid rejected the mail (403)", message, StringComparison.Ordinal);
        Assert.Contains("Teams: The Teams workflow does not exist (404 WorkflowNotFound)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task An_unexpected_error_in_one_channels_sending_does_not_prevent_the_others(Type error)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        var channel = Pigeon();
        channel.Setup(c => c.SendAsync(It.IsAny<AlertMessage>(), It.IsAny<CancellationToken>())).Throws((Exception)Activator.CreateInstance(error)!);
        monitor.Arrange = services => services.AddSingleton(channel.Object);

        var report = await monitor.CheckAsync();

        Assert.Single(monitor.Simulation.SendGrid.Mails);
        Assert.Single(monitor.Simulation.Teams.Messages);
        Assert.Contains(error.Name, Assert.Single(report.NotificationFailures), StringComparison.Ordinal);
        AssertLoud(report, logs, "pigeon");
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task An_unexpected_error_in_checking_one_channel_prevents_neither_checks_nor_alerts(Type error)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        var channel = Pigeon();
        channel.Setup(c => c.FindFaultAsync(It.IsAny<CancellationToken>())).Throws((Exception)Activator.CreateInstance(error)!);
        monitor.Arrange = services => services.AddSingleton(channel.Object);

        var report = await monitor.CheckAsync();

        Assert.Single(monitor.Simulation.SendGrid.Mails);
        Assert.Single(monitor.Simulation.Teams.Messages);
        Assert.Contains(error.Name, report.Channels.Single(result => result.Name == "pigeon").Fault, StringComparison.Ordinal);
        AssertLoud(report, logs, "pigeon");
    }

    private static Mock<INotificationChannel> Pigeon()
    {
        var channel = new Mock<INotificationChannel>();
        channel.Setup(c => c.Name).Returns("pigeon");
        channel.Setup(c => c.FindFaultAsync(It.IsAny<CancellationToken>())).ReturnsAsync((string?)null);
        channel.Setup(c => c.SendAsync(It.IsAny<AlertMessage>(), It.IsAny<CancellationToken>())).ReturnsAsync(new DeliveryOutcome.Accepted(null));
        return channel;
    }

    // In the report, in the log at Error, and in the exception that fails the invocation.
    private static void AssertLoud(CheckReport report, RecordedLogs logs, string channel)
    {
        Assert.All(report.NotificationFailures, failure => Assert.StartsWith($"{channel}: ", failure, StringComparison.Ordinal));
        Assert.NotEmpty(report.NotificationFailures);
        Assert.Contains(logs.Lines, line => line.Level is LogLevel.Error && line.Text.Contains(channel, StringComparison.Ordinal));
        Assert.Contains($"{channel}: ", Assert.Throws<NotificationFailedException>(report.ThrowIfNotificationFailed).Message, StringComparison.Ordinal);
        Assert.Single(logs.Named("CheckCompleted"));
    }
}
