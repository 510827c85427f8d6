using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using SafeCast.TokenMonitor.Functions;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Tests.Functions;

public sealed class HourlyCheckTests
{
    private static readonly CheckReport AllWell = new()
    {
        MonitorName = "function app contoso",
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromSeconds(1),
        Tokens = [],
        Channels = [new ChannelResult("Teams", Fault: null)],
    };

    private readonly Mock<ITokenMonitor> _monitor = new(MockBehavior.Strict);

    [Fact]
    public async Task One_tick_is_one_check()
    {
        _monitor.Setup(monitor => monitor.CheckAsync(It.IsAny<CancellationToken>())).ReturnsAsync(AllWell);

        await Function().RunAsync(new TimerInfo(), CancellationToken.None);

        _monitor.Verify(monitor => monitor.CheckAsync(It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task A_late_tick_is_one_check_too()
    {
        _monitor.Setup(monitor => monitor.CheckAsync(It.IsAny<CancellationToken>())).ReturnsAsync(AllWell);

        await Function().RunAsync(new TimerInfo { IsPastDue = true }, CancellationToken.None);

        _monitor.Verify(monitor => monitor.CheckAsync(It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task The_invocation_fails_when_an_alert_could_not_be_delivered()
    {
        var report = AllWell with { Channels = [new ChannelResult("Teams", "The Teams webhook URL is missing.")] };
        _monitor.Setup(monitor => monitor.CheckAsync(It.IsAny<CancellationToken>())).ReturnsAsync(report);

        var failure = await Assert.ThrowsAsync<NotificationFailedException>(() => Function().RunAsync(new TimerInfo(), CancellationToken.None));

        Assert.Contains("Teams: The Teams webhook URL is missing.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_timer_has_the_schedule_of_the_setting_and_does_not_run_at_startup()
    {
        var timer = typeof(HourlyCheck).GetMethod(nameof(HourlyCheck.RunAsync))!.GetParameters()[0].GetCustomAttribute<TimerTriggerAttribute>();

        Assert.Equal("%TOKEN_MONITOR_SCHEDULE%", timer!.Schedule);
        Assert.False(timer.RunOnStartup);
    }

    private HourlyCheck Function() => new(_monitor.Object, NullLogger<HourlyCheck>.Instance);
}
