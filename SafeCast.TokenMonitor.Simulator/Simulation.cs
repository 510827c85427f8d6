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
/// Stand-ins on loopback for all that the monitor talks to: Meta's Graph API, SendGrid, a Teams webhook, Azure Key Vault
/// and the managed-identity endpoint. Two listeners, http and https; every stand-in answers on both.
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

    /// <summary>The managed-identity endpoint of App Service, which hands out the vault's access tokens.</summary>
    public ManagedIdentitySimulator Identity { get; }

    /// <summary>The self-signed certificate of the https listener (localhost and 127.0.0.1), for clients to pin.</summary>
    public X509Certificate2 Certificate => _certificate.Value;

    /// <summary>Starts all stand-ins on 127.0.0.1.</summary>
    /// <exception cref="IOException">A port that was asked for is taken.</exception>
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

    /// <summary>The certificate as PEM text, without its key: what a client's trust store wants.</summary>
    public string ExportCertificatePem() => Certificate.ExportCertificatePem();

    /// <summary>
    /// Brings every https call to this simulation, whatever host its address names, and trusts this simulation's certificate
    /// alone. For clients that are to know the vault by a name of its own.
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

    /// <summary>Lets go of stalled calls and stops listening.</summary>
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
        // The empty builder reads no configuration and logs nowhere: it starts fast, and no ASPNETCORE_URLS can move it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);

            // A secret may hold 25 KB, and debug_token wants it in the query, so the usual 8 KB for a request line do not do.
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

        // The vault has no path of its own: SecretClient takes a vault's address to be a bare host.
        return Vault.HandleAsync(context, path, _stopping.Token);
    }
}
