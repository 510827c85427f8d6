using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SafeCast.TokenMonitor.Tests.Notifications.Teams;

/// <summary>Takes one request as the bytes that came over the wire, before any server has tidied it up, and accepts it.</summary>
internal sealed class BareServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public BareServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Head = TakeOneAsync();
    }

    public int Port { get; }

    /// <summary>The request line and the headers.</summary>
    public Task<string[]> Head { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<string[]> TakeOneAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var head = new List<string>();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            head.Add(line);
        }

        var length = int.Parse(head.Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        await reader.ReadBlockAsync(new char[length]);
        await stream.WriteAsync("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        return [.. head];
    }
}
