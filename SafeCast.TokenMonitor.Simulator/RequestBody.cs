using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator;

internal static class RequestBody
{
    /// <summary>Reads the whole body: even one that is too large, because refusing half-way would look like a broken connection.</summary>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }
}
