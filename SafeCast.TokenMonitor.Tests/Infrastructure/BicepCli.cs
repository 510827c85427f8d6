using System.Diagnostics;
using System.Reflection;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>The Bicep CLI out of its NuGet package, on the platform at hand. It needs no network.</summary>
internal static class BicepCli
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(5);

    public static readonly string Tool =
        typeof(BicepCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "BicepTool").Value!;

    /// <summary>Runs it in the repository's root. A diagnostic is a failure, though the CLI itself ends well with warnings.</summary>
    public static string Run(params string[] arguments) => RunIn(Repository.PathOf("."), arguments);

    /// <summary>The same in another folder.</summary>
    public static string RunIn(string folder, params string[] arguments)
    {
        var (output, errors, status) = Start(folder, arguments);
        Assert.True(errors.Length == 0 && status == 0, $"bicep {string.Join(' ', arguments)} ended with status {status}:\n{errors}");
        return output;
    }

    private static (string Output, string Errors, int Status) Start(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(Tool)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The Bicep CLI did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(CallTimeout))
        {
            process.Kill();
            Assert.Fail($"bicep {string.Join(' ', arguments)} did not end within {CallTimeout.TotalMinutes} minutes.");
        }

        return (output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult().Trim(), process.ExitCode);
    }
}
