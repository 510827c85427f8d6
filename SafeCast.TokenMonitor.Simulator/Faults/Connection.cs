using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Faults;

internal static class Connection
{
    /// <summary>Ends the connection with a TCP reset, like a crashed server or a firewall.</summary>
    public static void Reset(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.LingerState = new LingerOption(true, 0);
        }

        context.Abort();
    }
}
