using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Functions;

/// <summary>Runs the check on the schedule in <c>TOKEN_MONITOR_SCHEDULE</c>.</summary>
public sealed partial class HourlyCheck(ITokenMonitor monitor, ILogger<HourlyCheck> logger)
{
    /// <summary>
    /// Checks all tokens. Fails at the end if an alert could not be delivered or a channel cannot send: the alarms of the platform monitor
    /// failed invocations.
    /// </summary>
    /// <exception cref="NotificationFailedException">A message was not delivered, or a channel cannot send.</exception>
    [Function(nameof(HourlyCheck))]
    public async Task RunAsync([TimerTrigger("%TOKEN_MONITOR_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        if (timer.IsPastDue)
        {
            LogCheckDelayed();
        }

        var report = await monitor.CheckAsync(cancellationToken);
        report.ThrowIfNotificationFailed();
    }

    [LoggerMessage(20, LogLevel.Warning, "This check is late: one or more scheduled checks were missed", EventName = "CheckDelayed")]
    private partial void LogCheckDelayed();
}
