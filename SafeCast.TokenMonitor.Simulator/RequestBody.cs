using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator;

internal static class RequestBody
{
    /// <summary>Reads the whole body, even if it is too large, because an early answer would look like a connection error.</summary>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }
}
