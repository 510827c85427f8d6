using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Functions;

/// <summary>Runs the check on the schedule in <c>TOKEN_MONITOR_SCHEDULE</c>.</summary>
public sealed partial class HourlyCheck(ITokenMonitor monitor, ILogger<HourlyCheck> logger)
{
    /// <summary>
    /// Checks all tokens. Fails, once everything is done, when somebody could not be told: a failed invocation is what the
    /// platform's alarms see.
    /// </summary>
    /// <exception cref="NotificationFailedException">A message was not delivered, or a channel cannot deliver any.</exception>
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

    [LoggerMessage(20, LogLevel.Warning, "This check is late: it makes up for one or more that were missed", EventName = "CheckDelayed")]
    private partial void LogCheckDelayed();
}
