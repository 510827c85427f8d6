using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Simulator.Blobs;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Simulator.SendGrid;
using SafeCast.TokenMonitor.Simulator.Teams;
using SafeCast.TokenMonitor.Simulator.Vault;

namespace SafeCast.TokenMonitor.Simulator;

/// <summary>
/// Simulates all services of the monitor on loopback: the Graph API, SendGrid, a Teams webhook, Azure Key Vault, blob storage and the managed
/// identity endpoint. There is an http and an https listener; every simulator answers on both.
/// </summary>
public sealed class Simulation : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly LoopbackCertificate _certificate = new();
    private readonly WebApplication _app;

    private Simulation(SimulationOptions options)
    {
        Graph = new GraphSimulator(options.TimeProvider);
        SendGrid = new SendGridSimulator(options.TimeProvider);
        Teams = new TeamsSimulator(options.TimeProvider);
        Identity = new ManagedIdentitySimulator(options.TimeProvider);
        Vault = new VaultSimulator(options.TimeProvider, Identity);
        Blobs = new BlobSimulator(options.TimeProvider);
        _app = Build(options);
    }

    /// <summary>Meta's Graph API.</summary>
    public GraphSimulator Graph { get; }

    /// <summary>SendGrid's v3 mail API.</summary>
    public SendGridSimulator SendGrid { get; }

    /// <summary>A Teams channel behind a Workflows webhook.</summary>
    public TeamsSimulator Teams { get; }

    /// <summary>An Azure Key Vault.</summary>
    public VaultSimulator Vault { get; }

    /// <summary>A storage account's blobs.</summary>
    public BlobSimulator Blobs { get; }

    /// <summary>The managed identity endpoint of App Service, which issues access tokens for the vault.</summary>
    public ManagedIdentitySimulator Identity { get; }

    /// <summary>The self-signed certificate of the https listener (localhost and 127.0.0.1).</summary>
    public X509Certificate2 Certificate => _certificate.Value;

    /// <summary>Starts all simulators on 127.0.0.1.</summary>
    /// <exception cref="IOException">A requested port is in use.</exception>
    public static async Task<Simulation> StartAsync(SimulationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var simulation = new Simulation(options ?? new SimulationOptions());
        try
        {
            await simulation._app.StartAsync(cancellationToken);
        }
        catch
        {
            await simulation.DisposeAsync();
            throw;
        }

        simulation.PublishAddresses();
        return simulation;
    }

    /// <summary>Exports the certificate without its key as PEM text, for the trust store of a client.</summary>
    public string ExportCertificatePem() => Certificate.ExportCertificatePem();

    /// <summary>
    /// Creates a handler that sends every https request to this simulation, whatever its host, and trusts only the certificate of this
    /// simulation. For clients that use a realistic host name for the vault.
    /// </summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(Vault.SecureBaseUrl.Host, Vault.SecureBaseUrl.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == Certificate.Thumbprint },
    };

    /// <summary>Ends stalled calls and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _certificate.Dispose();
        _stopping.Dispose();
    }

    private WebApplication Build(SimulationOptions options)
    {
        // The empty builder reads no configuration and does not log: it starts fast, and ASPNETCORE_URLS has no effect.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);

            // A secret may have 25 KB, and debug_token takes it in the query, so the default limit of 8 KB is too small.
            kestrel.Limits.MaxRequestLineSize = 128 * 1024;
            kestrel.Limits.MaxRequestBufferSize = null;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.HttpPort);
            kestrel.Listen(IPAddress.Loopback, options.HttpsPort, endpoint => endpoint.UseHttps(_certificate.OnHandshake));
        });

        var app = builder.Build();
        app.Run(DispatchAsync);
        return app;
    }

    private void PublishAddresses()
    {
        var addresses = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var http = new Uri(addresses.Single(address => address.StartsWith("http:", StringComparison.Ordinal)));
        var https = new Uri(addresses.Single(address => address.StartsWith("https:", StringComparison.Ordinal)));

        Publish(Graph, GraphSimulator.PathBase);
        Publish(SendGrid, SendGridSimulator.PathBase);
        Publish(Teams, TeamsSimulator.PathBase);
        Publish(Identity, ManagedIdentitySimulator.PathBase);
        Publish(Blobs, BlobSimulator.PathBase);
        Vault.Publish(https, https);

        void Publish<TCall>(SimulatedService<TCall> service, string pathBase)
            where TCall : RecordedCall => service.Publish(new Uri(http, pathBase), new Uri(https, pathBase));
    }

    private Task DispatchAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(GraphSimulator.PathBase, out var rest))
        {
            return Graph.HandleAsync(context, rest, _stopping.Token);
        }

        if (path.StartsWithSegments(SendGridSimulator.PathBase, out rest))
        {
            return SendGrid.HandleAsync(context, rest, _stopping.Token);
        }

        if (path.StartsWithSegments(TeamsSimulator.PathBase, out rest))
        {
            return Teams.HandleAsync(context, rest, _stopping.Token);
        }

        if (path.StartsWithSegments(ManagedIdentitySimulator.PathBase, out rest))
        {
            return Identity.HandleAsync(context, rest, _stopping.Token);
        }

        if (path.StartsWithSegments(BlobSimulator.PathBase, out rest))
        {
            return Blobs.HandleAsync(context, rest, _stopping.Token);
        }

        // The vault has no base path, because SecretClient expects an address without a path.
        return Vault.HandleAsync(context, path, _stopping.Token);
    }
}
