using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Incidents.Stores;

/// <summary>
/// Real blob storage on loopback: Microsoft's emulator from npm, in memory, with an account of its own. Started once for all tests that
/// share it; where it cannot be started they are skipped and say why.
/// </summary>
public sealed class Azurite : IAsyncLifetime
{
    private const string Account = "tokenmonitor";

    // npx downloads it the first time.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(2);

    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly int _port = FreePort();
    private readonly string _folder = Directory.CreateTempSubdirectory("tokenmonitor-azurite-").FullName;
    private readonly List<string> _output = [];
    private Process? _process;
    private string? _reason;

    /// <summary>
    /// A free loopback port, below those that systems give out by themselves: the other tests' servers take these
    /// while npx is still starting.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(20000, 30000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // The port is in use.
            }
        }
    }

    /// <summary>A client of one container, which need not exist yet.</summary>
    public BlobContainerClient Container(string name) =>
        _reason is null ? Client(name, _port, _key) : throw new CannotRunHereException(_reason);

    /// <summary>The same with a key that is not the account's.</summary>
    public BlobContainerClient ContainerWithWrongKey(string name) =>
        _reason is null ? Client(name, _port, Convert.ToBase64String(new byte[64])) : throw new CannotRunHereException(_reason);

    /// <summary>A client of what would be at this port.</summary>
    public static BlobContainerClient Client(string container, int port, string? key = null)
    {
        var options = new BlobClientOptions();
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(10);
        return new BlobContainerClient(
            new Uri($"http://127.0.0.1:{port}/{Account}/{container}"),
            new StorageSharedKeyCredential(Account, key ?? Convert.ToBase64String(new byte[64])),
            options);
    }

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("npx")
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{_key}" },
        };
        foreach (var argument in (string[])["--yes", "-p", "azurite", "azurite-blob", "--blobPort", $"{_port}", "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry"])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            _reason = "There is no npx on the PATH, so no blob storage to test against.";
            return;
        }

        AppDomain.CurrentDomain.ProcessExit += Stop;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (!await AnswersAsync())
        {
            var said = string.Join(" ", Said().Where(line => !line.StartsWith("npm warn", StringComparison.Ordinal)).Take(2));
            _reason = $"Azurite could not be had from npm, or did not start{(said.Length > 0 ? $": {said}" : ".")}";
        }
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            AppDomain.CurrentDomain.ProcessExit -= Stop;
            Stop(this, EventArgs.Empty);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        var waited = Stopwatch.StartNew();
        while (!_process!.HasExited && waited.Elapsed < CallTimeout)
        {
            try
            {
                using var client = new HttpClient();
                using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{_port}/"));
                if (response.Headers.Server.ToString().Contains("Azurite", StringComparison.Ordinal))
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(100);
        }

        return false;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            if (!string.IsNullOrWhiteSpace(line.Data))
            {
                _output.Add(line.Data.Trim());
            }
        }
    }

    private List<string> Said()
    {
        lock (_output)
        {
            return [.. _output];
        }
    }

    // npx, its shell, and the server below them.
    private void Stop(object? sender, EventArgs e) => _process?.Kill(entireProcessTree: true);
}
