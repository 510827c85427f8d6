using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Faults;

internal sealed class AnswerFault(int status, byte[] body, string? contentType, IReadOnlyList<(string Name, string Value)> headers) : Fault
{
    internal override int? AnsweredStatus => status;

    internal override async Task<bool> ApplyAsync(HttpContext context, CancellationToken stopping)
    {
        // The request is read first, because some clients report a connection error if the answer arrives before they sent everything.
        await RequestBody.ReadAsync(context);
        var reply = new Reply(status, body, contentType);
        foreach (var (name, value) in headers)
        {
            reply.With(name, value);
        }

        await reply.WriteAsync(context);
        return true;
    }
}
