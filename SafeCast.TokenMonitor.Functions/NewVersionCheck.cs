using Microsoft.Azure.Functions.Worker;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Functions;

/// <summary>
/// Runs the check when the vault says that a secret has a new version: Event Grid puts its events into the queue in
/// <c>TOKEN_MONITOR_ROTATION_QUEUE</c>. What comes of no use there is ignored; the hourly check is the net beneath.
/// </summary>
public sealed class NewVersionCheck(ITokenMonitor monitor)
{
    /// <summary>Checks all tokens, if the message calls for it. Fails as <see cref="HourlyCheck"/> does.</summary>
    /// <exception cref="NotificationFailedException">A message was not delivered, or a channel cannot deliver any.</exception>
    [Function(nameof(NewVersionCheck))]
    public async Task RunAsync([QueueTrigger("%TOKEN_MONITOR_ROTATION_QUEUE%")] string message, CancellationToken cancellationToken)
    {
        if (await monitor.CheckAfterNewVersionAsync(message, cancellationToken) is NewVersionAnswer.Checked { Report: var report })
        {
            report.ThrowIfNotificationFailed();
        }
    }
}
