using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Faults;

internal sealed class StallFault(int? status) : Fault
{
    internal override int? AnsweredStatus => status;

    internal override async Task<bool> ApplyAsync(HttpContext context, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        if (status is { } answered)
        {
            context.Response.StatusCode = answered;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 1000;
            await context.Response.StartAsync(end.Token);
            await context.Response.Body.FlushAsync(end.Token);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, end.Token);
        return true;
    }
}
