using System.Diagnostics;
using System.Runtime.InteropServices;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Functions;

/// <summary>The Functions app, published once for all tests as the release publishes it.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    /// <summary>The published folder.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"tokenmonitor-app-{Guid.NewGuid():N}");

    public async Task InitializeAsync()
    {
        // The release is for Linux, compiled ahead of time; elsewhere the same app runs without that.
        string[] runtime = OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture is Architecture.X64 ? ["--runtime", "linux-x64"] : [];
        var (status, output, error) = await RunAsync(
            Repository.PathOf("."),
            new Dictionary<string, string>(),
            ["publish", "SafeCast.TokenMonitor.Functions", "--configuration", "Release", .. runtime, "--self-contained", "false", "--output", Folder, "-p:UseSharedCompilation=false", "-nodeReuse:false"]);
        Assert.True(status == 0, $"{output}\n{error}");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Starts the app with these settings and waits for its end.</summary>
    public Task<(int Status, string Output, string Error)> StartAsync(IReadOnlyDictionary<string, string> settings) =>
        RunAsync(Folder, settings, [Path.Combine(Folder, "SafeCast.TokenMonitor.Functions.dll")]);

    private static async Task<(int Status, string Output, string Error)> RunAsync(string folder, IReadOnlyDictionary<string, string> settings, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output, await error);
    }
}
