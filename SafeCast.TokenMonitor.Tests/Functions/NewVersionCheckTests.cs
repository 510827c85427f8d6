using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Moq;
using SafeCast.TokenMonitor.Functions;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Tests.Functions;

public sealed class NewVersionCheckTests
{
    private const string Message = "what Event Grid sent";

    private readonly Mock<ITokenMonitor> _monitor = new(MockBehavior.Strict);

    [Fact]
    public async Task A_message_is_passed_on_unchanged()
    {
        Answer(new NewVersionAnswer.Ignored("it is about a secret that is not monitored"));

        await new NewVersionCheck(_monitor.Object).RunAsync(Message, CancellationToken.None);

        _monitor.Verify(monitor => monitor.CheckAfterNewVersionAsync(Message, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task The_invocation_fails_when_a_check_ran_and_an_alert_could_not_be_delivered()
    {
        Answer(new NewVersionAnswer.Checked(new CheckReport
        {
            MonitorName = "function app contoso",
            StartedAt = DateTimeOffset.UnixEpoch,
            Duration = TimeSpan.FromSeconds(1),
            Tokens = [],
            Channels = [new ChannelResult("Teams", "The Teams webhook URL is missing.")],
        }));

        await Assert.ThrowsAsync<NotificationFailedException>(() => new NewVersionCheck(_monitor.Object).RunAsync(Message, CancellationToken.None));
    }

    [Fact]
    public void The_queue_is_the_one_that_the_setting_names_in_the_hosts_own_storage()
    {
        var queue = typeof(NewVersionCheck).GetMethod(nameof(NewVersionCheck.RunAsync))!.GetParameters()[0].GetCustomAttribute<QueueTriggerAttribute>();

        Assert.Equal("%TOKEN_MONITOR_ROTATION_QUEUE%", queue!.QueueName);
        Assert.Null(queue.Connection);
    }

    private void Answer(NewVersionAnswer answer) => _monitor
        .Setup(monitor => monitor.CheckAfterNewVersionAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync(answer);
}
