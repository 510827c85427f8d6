using Microsoft.AspNetCore.Http;
using SafeCast.TokenMonitor.Simulator.Faults;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>An error of Graph with the trace id of its call.</summary>
internal sealed class GraphErrorFault(GraphError error, IReadOnlyList<(string Name, string Value)> headers) : Fault
{
    internal override int? AnsweredStatus => error.Status;

    internal override async Task<bool> ApplyAsync(HttpContext context, CancellationToken stopping)
    {
        var reply = error.ToReply(context.Response.Headers[GraphSimulator.TraceHeader].ToString());
        foreach (var (name, value) in headers)
        {
            reply.With(name, value);
        }

        await reply.WriteAsync(context);
        return true;
    }
}
