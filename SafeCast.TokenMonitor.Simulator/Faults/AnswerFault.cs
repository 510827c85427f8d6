using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Faults;

internal sealed class AnswerFault(int status, byte[] body, string? contentType, IReadOnlyList<(string Name, string Value)> headers) : Fault
{
    internal override int? AnsweredStatus => status;

    internal override async Task<bool> ApplyAsync(HttpContext context, CancellationToken stopping)
    {
        // Read first: an answer to a half-read request makes some clients see a broken connection instead.
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
