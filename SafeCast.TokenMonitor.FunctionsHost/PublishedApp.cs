using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SafeCast.TokenMonitor.FunctionsHost;

/// <summary>A Functions app, published into a temporary folder in the way that a release publishes it.</summary>
public sealed class PublishedApp : IDisposable
{
    private readonly string _name;

    private PublishedApp(string name) => _name = name;

    /// <summary>The folder with the published files.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("tokenmonitor-app-").FullName;

    /// <summary>The assembly that the host starts.</summary>
    public string Assembly => Path.Combine(Folder, $"{_name}.dll");

    /// <summary>Publishes a project in Release, on Linux for linux-x64 and compiled ahead of time.</summary>
    /// <param name="project">The project's folder, named like its assembly.</param>
    /// <exception cref="InvalidOperationException">The project does not build.</exception>
    public static async Task<PublishedApp> PublishAsync(string project)
    {
        var app = new PublishedApp(Path.GetFileName(Path.TrimEndingDirectorySeparator(project)));
        string[] runtime = OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture is Architecture.X64 ? ["--runtime", "linux-x64"] : [];
        var start = new ProcessStartInfo(
            "dotnet",
            ["publish", project, "--configuration", "Release", .. runtime, "--self-contained", "false", "--output", app.Folder, "-p:UseSharedCompilation=false", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            app.Dispose();
            throw new InvalidOperationException($"dotnet publish {project} failed:\n{output}");
        }

        return app;
    }

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
