using System.Diagnostics;
using StreamJsonRpc;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>
/// The Bicep CLI as a JSON-RPC server: one process for all tests, because each start of the CLI takes seconds. It ends when this process
/// closes its standard input.
/// </summary>
internal static class BicepServer
{
    private static readonly Lazy<JsonRpc> Rpc = new(Start);

    /// <summary>Predicts the resources of a deployment.</summary>
    /// <exception cref="RemoteInvocationException">The deployment would be rejected.</exception>
    public static async Task<string> SnapshotAsync(string parametersFile) => (await InvokeAsync<SnapshotResult>("bicep/getSnapshot", new
    {
        path = parametersFile,
        metadata = new
        {
            tenantId = "00000000-0000-0000-0000-00000000000a",
            subscriptionId = Deployment.Subscription,
            resourceGroup = Deployment.ResourceGroup,
            location = "westeurope",
            deploymentName = "token-monitor",
        },
    })).Snapshot;

    /// <summary>Compiles a Bicep file to a template.</summary>
    public static Task<CompileResult> CompileAsync(string file) => InvokeAsync<CompileResult>("bicep/compile", new { path = file });

    /// <summary>Compiles a parameters file.</summary>
    public static Task<CompileResult> CompileParametersAsync(string file) =>
        InvokeAsync<CompileResult>("bicep/compileParams", new { path = file, parameterOverrides = new { } });

    /// <summary>Gets the reason why a deployment would be rejected; empty if it would be accepted.</summary>
    public static async Task<string> RejectionAsync(string parametersFile)
    {
        var compiled = await CompileParametersAsync(parametersFile);
        if (!compiled.Success)
        {
            return string.Join('\n', compiled.Diagnostics.Select(diagnostic => diagnostic.Message));
        }

        try
        {
            await SnapshotAsync(parametersFile);
            return "";
        }
        catch (RemoteInvocationException e)
        {
            return e.Message;
        }
    }

    private static Task<T> InvokeAsync<T>(string method, object parameters) => Rpc.Value.InvokeAsync<T>(method, parameters);

    private static JsonRpc Start()
    {
        var process = Process.Start(new ProcessStartInfo(BicepCli.Tool, ["jsonrpc", "--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return JsonRpc.Attach(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
    }

    internal sealed record SnapshotResult(string Snapshot);

    /// <summary>A compiled file, with all errors and warnings.</summary>
    internal sealed record CompileResult(bool Success, IReadOnlyList<Diagnostic> Diagnostics, string? Contents);

    internal sealed record Diagnostic(string Source, string Level, string Code, string Message);
}
