using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Faults;

internal sealed class ResetFault : Fault
{
    internal override int? AnsweredStatus => null;

    internal override Task<bool> ApplyAsync(HttpContext context, CancellationToken stopping)
    {
        Connection.Reset(context);
        return Task.FromResult(true);
    }
}
