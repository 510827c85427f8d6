using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Tests.Support;

internal static class IncidentProcessing
{
    /// <summary>Reads the state and processes an observation, as a check does.</summary>
    public static async Task<IncidentResult> ReadAndProcessAsync(
        this IncidentProcessor processor, string tokenName, Observation seen, Func<string, Notification, CancellationToken, Task<Delivery>> send, CancellationToken cancellationToken)
    {
        var before = await processor.ReadAsync(tokenName, cancellationToken).ConfigureAwait(false);
        return await processor.ProcessAsync(tokenName, before, seen, send, cancellationToken).ConfigureAwait(false);
    }
}
