using System.Diagnostics;
using System.Globalization;

namespace SafeCast.TokenMonitor.Cli.Preview;

/// <summary>An installed Chromium, Chrome or Edge, used through its command line. Nothing is downloaded.</summary>
internal sealed class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge"];

    private static readonly string[] UsualPlaces =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application", "chrome.exe"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Google", "Chrome", "Application", "chrome.exe"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft", "Edge", "Application", "msedge.exe"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Microsoft", "Edge", "Application", "msedge.exe"),
    ];

    // A picture takes seconds, on a busy machine up to a minute.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(2);

    private readonly string _path;

    private Browser(string path) => _path = path;

    /// <summary>The message if there is none.</summary>
    public const string Missing = "no Chromium, Chrome or Edge was found on the PATH or in its usual place";

    /// <summary>Finds the browser; null: there is none.</summary>
    public static Browser? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var onPath = from folder in folders
                     from name in Names
                     select Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);
        return onPath.Concat(UsualPlaces).FirstOrDefault(File.Exists) is { } path ? new Browser(path) : null;
    }

    /// <summary>Takes a picture of a page.</summary>
    /// <exception cref="BrowserException">The picture could not be taken.</exception>
    public async Task PhotographAsync(string page, int width, int height, string picture, CancellationToken cancellationToken)
    {
        File.Delete(picture);
        await RunAsync(
            page,
            [string.Create(CultureInfo.InvariantCulture, $"--window-size={width},{height}"), "--hide-scrollbars", "--disable-lcd-text", $"--screenshot={Path.GetFullPath(picture)}"],
            cancellationToken);
        if (!File.Exists(picture))
        {
            throw new BrowserException($"{_path} took no picture of {page}.");
        }
    }

    /// <summary>Gets the DOM of a page after its scripts have run.</summary>
    /// <exception cref="BrowserException">The page could not be read.</exception>
    public Task<string> ReadAsync(string page, CancellationToken cancellationToken) =>
        RunAsync(page, ["--dump-dom"], cancellationToken);

    private async Task<string> RunAsync(string page, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // With its own profile, because a browser that is already open would take over the call and print nothing.
        var profile = Directory.CreateTempSubdirectory("tokenmonitor-browser-");
        try
        {
            var start = new ProcessStartInfo(_path) { RedirectStandardOutput = true, RedirectStandardError = true };
            string[] usual = ["--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking", $"--user-data-dir={profile.FullName}"];
            foreach (var argument in usual.Concat(IsRoot ? ["--no-sandbox"] : []).Concat(arguments).Append(new Uri(Path.GetFullPath(page)).AbsoluteUri))
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start) ?? throw new BrowserException($"{_path} did not start.");
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(CallTimeout);
            try
            {
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
                await errors;
                await process.WaitForExitAsync(limit.Token);
                return process.ExitCode == 0 ? output : throw new BrowserException($"{_path} ended with status {process.ExitCode}.");
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellationToken.ThrowIfCancellationRequested();
                throw new BrowserException($"{_path} gave no answer within {CallTimeout.TotalMinutes:0} minutes.");
            }
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    // As root, for example in a container, Chromium does not run with its sandbox. The pages are ours and load nothing.
    private static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";
}

/// <summary>The browser failed.</summary>
internal sealed class BrowserException(string message) : Exception(message);
