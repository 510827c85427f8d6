using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace SafeCast.TokenMonitor.FunctionsHost;

/// <summary>
/// A published Functions app in a process of its own, driven as the Functions host drives it: the process connects to a gRPC server
/// here, which initializes it, loads its functions and invokes them. Triggers do not fire by themselves.
/// </summary>
public sealed class FunctionsWorker : IAsyncDisposable
{
    // Far more than any step takes on a busy machine; a worker that hangs must not hang the tests.
    private static readonly TimeSpan StepTimeout = TimeSpan.FromMinutes(2);

    private readonly string _id = Guid.NewGuid().ToString();
    private readonly string _folder;
    private readonly Channel<JsonObject> _toWorker = Channel.CreateUnbounded<JsonObject>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _expected = new();
    private readonly Dictionary<string, string> _functionIds = [];
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _standardError = new();
    private readonly WebApplication _server;
    private readonly Process _process = new();

    private FunctionsWorker(string folder)
    {
        _folder = folder;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        _server = builder.Build();
        _server.UseRouting();
        _server.MapGrpcService(ServerServiceDefinition.CreateBuilder().AddMethod(WorkerProtocol.EventStream, ServeAsync).Build());
    }

    /// <summary>The names of the functions that the worker loaded.</summary>
    public IReadOnlyCollection<string> Functions => _functionIds.Keys;

    /// <summary>The physical memory that the process uses, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Everything that the process wrote to standard output and standard error, and all log messages that it sent to the host.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts an app and loads its functions.</summary>
    /// <param name="app">The app.</param>
    /// <param name="settings">Its app settings: environment variables, with <c>__</c> between the parts of a name.</param>
    /// <exception cref="WorkerExitedException">The process ended, for example because of invalid settings.</exception>
    /// <exception cref="TimeoutException">The worker did not answer within two minutes.</exception>
    public static async Task<FunctionsWorker> StartAsync(PublishedApp app, IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(settings);
        var worker = new FunctionsWorker(app.Folder);
        try
        {
            await worker._server.StartAsync();
            var started = worker.Expect("startStream");
            worker.StartProcess(app.Assembly, settings);
            await worker.WaitAsync(started);
            await worker.LoadAsync();
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Invokes a function with a timer's tick.</summary>
    public Task<InvocationResult> TickAsync(string function, bool isPastDue = false) => InvokeAsync(
        function, "timer", new JsonObject { ["json"] = new JsonObject { ["Schedule"] = new JsonObject { ["AdjustForDST"] = true }, ["IsPastDue"] = isPastDue }.ToJsonString() });

    /// <summary>Invokes a function with a queue message.</summary>
    public Task<InvocationResult> ReceiveAsync(string function, string message) => InvokeAsync(function, "message", new JsonObject { ["string"] = message });

    /// <summary>Kills the process at once.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _toWorker.Writer.TryComplete();
        if (IsRunning())
        {
            Kill();
            await _process.WaitForExitAsync();
        }

        await _server.DisposeAsync();
        _process.Dispose();
    }

    private void StartProcess(string assembly, IReadOnlyDictionary<string, string> settings)
    {
        var address = new Uri(_server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
        var port = address.Port.ToString(CultureInfo.InvariantCulture);
        var requestId = Guid.NewGuid().ToString();
        const string MaxMessageLength = "2147483647";
        _process.StartInfo = new ProcessStartInfo("dotnet", [
            assembly,
            "--host", "127.0.0.1", "--port", port, "--workerId", _id, "--requestId", requestId, "--grpcMaxMessageLength", MaxMessageLength,
            "--functions-uri", address.AbsoluteUri, "--functions-worker-id", _id, "--functions-request-id", requestId, "--functions-grpc-max-message-length", MaxMessageLength])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["FUNCTIONS_APPLICATION_DIRECTORY"] = _folder, ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated" },
        };
        foreach (var (name, value) in settings)
        {
            _process.StartInfo.Environment[name] = value;
        }

        _process.OutputDataReceived += (_, line) => Record(line.Data);
        _process.ErrorDataReceived += (_, line) =>
        {
            _standardError.AppendLine(line.Data);
            Record(line.Data);
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private bool IsRunning()
    {
        try
        {
            return !_process.HasExited;
        }
        catch (InvalidOperationException)
        {
            // It never started.
            return false;
        }
    }

    private async Task LoadAsync()
    {
        await AskAsync("workerInit", new JsonObject { ["hostVersion"] = "4.1048.0", ["functionAppDirectory"] = _folder });
        var metadata = await AskAsync("functionsMetadata", new JsonObject { ["functionAppDirectory"] = _folder }, response: "functionMetadataResponse");
        foreach (var function in metadata["functionMetadataResults"]!.AsArray().Select(item => item!.AsObject()))
        {
            var id = (string)function["functionId"]!;
            var loaded = await AskAsync("functionLoad", new JsonObject { ["functionId"] = id, ["metadata"] = function.DeepClone() });
            ThrowIfFailed(loaded);
            _functionIds[(string)function["name"]!] = id;
        }
    }

    private async Task<InvocationResult> InvokeAsync(string function, string parameter, JsonObject data)
    {
        var id = Guid.NewGuid().ToString();
        var response = await AskAsync("invocation", new JsonObject
        {
            ["invocationId"] = id,
            ["functionId"] = _functionIds[function],
            ["inputData"] = new JsonArray(new JsonObject { ["name"] = parameter, ["data"] = data }),
            ["traceContext"] = new JsonObject { ["traceParent"] = $"00-{Guid.NewGuid():N}-{id[..8]}{id[..8]}-01" },
        });
        return Failure(response) is { } error ? new InvocationResult(false, error) : new InvocationResult(true, null);
    }

    private async Task<JsonObject> AskAsync(string request, JsonObject content, string? response = null)
    {
        var answer = Expect(response ?? $"{request}Response");
        await _toWorker.Writer.WriteAsync(new JsonObject { ["requestId"] = Guid.NewGuid().ToString(), [$"{request}Request"] = content });
        return await WaitAsync(answer);
    }

    private Task<JsonObject> Expect(string kind) =>
        (_expected[kind] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private async Task<JsonObject> WaitAsync(Task<JsonObject> answer)
    {
        using var stopWaiting = new CancellationTokenSource();
        var exited = _process.WaitForExitAsync(stopWaiting.Token);
        var first = await Task.WhenAny(answer, exited).WaitAsync(StepTimeout);
        await stopWaiting.CancelAsync();
        return first == answer ? await answer : throw new WorkerExitedException(_process.ExitCode, _standardError.ToString(), Output);
    }

    private async Task ServeAsync(IAsyncStreamReader<JsonObject> fromWorker, IServerStreamWriter<JsonObject> toWorker, ServerCallContext context)
    {
        var reading = ReadAsync(fromWorker, context.CancellationToken);
        await foreach (var message in _toWorker.Reader.ReadAllAsync(context.CancellationToken))
        {
            await toWorker.WriteAsync(message);
        }

        await reading;
    }

    private async Task ReadAsync(IAsyncStreamReader<JsonObject> fromWorker, CancellationToken cancellationToken)
    {
        while (await fromWorker.MoveNext(cancellationToken))
        {
            foreach (var (kind, content) in fromWorker.Current)
            {
                if (kind == "rpcLog")
                {
                    Record(content!.ToJsonString());
                }
                else if (content is JsonObject answer && _expected.TryRemove(kind, out var expected))
                {
                    expected.SetResult(answer);
                }
            }
        }
    }

    private void Record(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    private static void ThrowIfFailed(JsonObject response)
    {
        if (Failure(response) is { } error)
        {
            throw new InvalidOperationException(error);
        }
    }

    private static string? Failure(JsonObject response) => (string?)response["result"]?["status"] == "Success"
        ? null
        : $"{response["result"]?["exception"]?["type"]}: {response["result"]?["exception"]?["message"]}";
}
