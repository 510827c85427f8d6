using Microsoft.Azure.Functions.Worker;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Functions;

/// <summary>
/// Runs the check when a secret has a new version: Event Grid sends events of the vault to the queue in
/// <c>TOKEN_MONITOR_ROTATION_QUEUE</c>. Irrelevant messages are ignored. If an event is lost, the hourly check finds the new version.
/// </summary>
public sealed class NewVersionCheck(ITokenMonitor monitor)
{
    /// <summary>Checks all tokens if the message requires it. Fails like <see cref="HourlyCheck"/>.</summary>
    /// <exception cref="NotificationFailedException">A message was not delivered, or a channel cannot send.</exception>
    [Function(nameof(NewVersionCheck))]
    public async Task RunAsync([QueueTrigger("%TOKEN_MONITOR_ROTATION_QUEUE%")] string message, CancellationToken cancellationToken)
    {
        if (await monitor.CheckAfterNewVersionAsync(message, cancellationToken) is NewVersionAnswer.Checked { Report: var report })
        {
            report.ThrowIfNotificationFailed();
        }
    }
}
