using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Faults;

internal sealed class ResetWithinBodyFault(int status, byte[] body) : Fault
{
    internal override int? AnsweredStatus => status;

    internal override async Task<bool> ApplyAsync(HttpContext context, CancellationToken stopping)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length + 1000;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
        return true;
    }
}
