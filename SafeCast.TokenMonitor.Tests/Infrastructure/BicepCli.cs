using System.Diagnostics;
using System.Reflection;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>The Bicep CLI from its NuGet package for the current platform. It needs no network.</summary>
internal static class BicepCli
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(5);

    public static readonly string Tool =
        typeof(BicepCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "BicepTool").Value!;

    /// <summary>Runs the CLI in the root of the repository. Every diagnostic is a failure, although the CLI exits with 0 after warnings.</summary>
    public static string Run(params string[] arguments) => RunIn(Repository.PathOf("."), arguments);

    /// <summary>Runs the CLI in another folder. Every diagnostic is a failure.</summary>
    public static string RunIn(string folder, params string[] arguments) => RunWith(new Dictionary<string, string>(), folder, arguments);

    /// <summary>Runs the CLI with environment variables.</summary>
    public static string RunWith(IReadOnlyDictionary<string, string> environment, string folder, params string[] arguments)
    {
        var (output, errors, status) = Start(environment, folder, arguments);
        Assert.True(errors.Length == 0 && status == 0, $"bicep {string.Join(' ', arguments)} exited with status {status}:\n{errors}");
        return output;
    }

    private static (string Output, string Errors, int Status) Start(IReadOnlyDictionary<string, string> environment, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(Tool)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

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
            Assert.Fail($"bicep {string.Join(' ', arguments)} did not exit within {CallTimeout.TotalMinutes} minutes.");
        }

        return (output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult().Trim(), process.ExitCode);
    }
}
