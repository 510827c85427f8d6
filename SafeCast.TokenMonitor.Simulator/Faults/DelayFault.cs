using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Faults;

internal sealed class DelayFault(TimeSpan delay, Fault? then) : Fault
{
    internal override int? AnsweredStatus => then?.AnsweredStatus;

    internal override async Task<bool> ApplyAsync(HttpContext context, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(delay, end.Token);
        return then is not null && await then.ApplyAsync(context, stopping);
    }
}
