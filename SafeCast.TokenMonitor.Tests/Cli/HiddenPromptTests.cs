using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using SafeCast.TokenMonitor.Cli;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Cli.Store;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Cli;

/// <summary>The command as a process of its own at a terminal, which "script" makes; skipped where there is none.</summary>
public sealed class HiddenPromptTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(1);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "tokenmonitor.dll");

    private readonly TemporaryFolder _folder = new();
    private Simulation _simulation = null!;
    private StandardWorld _world = null!;

    public async Task InitializeAsync()
    {
        _simulation = await Simulation.StartAsync();
        _world = _simulation.Graph.World.AddStandard();
        SimulatedSetup.FillVault(_simulation, _world);
    }

    public async Task DisposeAsync() => await _simulation.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task A_token_that_is_pasted_at_a_terminal_is_stored_and_not_shown()
    {
        var fresh = _simulation.Graph.World.IssueToken(_world.App, _world.SystemUser);

        var (status, output) = await StoreAsync(fresh.Value + "\n", piece: 1000);

        Assert.Equal((ExitStatus.Healthy, fresh.Value), (status, _simulation.Vault.Versions(SimulatedSetup.TokenSecret)[^1].Value));
        AssertNothingOf(fresh.Value, output);
        Assert.Contains("It was read back and checked", output, StringComparison.Ordinal);
        Assert.Equal("managed identity simulated-monitor", _simulation.Vault.Versions(SimulatedSetup.TokenSecret)[^1].Tags["stored-by"]);
    }

    [SkippableFact]
    public async Task A_token_that_comes_in_pieces_is_not_shown_either()
    {
        var fresh = _simulation.Graph.World.IssueToken(_world.App, _world.SystemUser);

        var (status, output) = await StoreAsync(fresh.Value + "\n", piece: 7);

        Assert.Equal((ExitStatus.Healthy, fresh.Value), (status, _simulation.Vault.Versions(SimulatedSetup.TokenSecret)[^1].Value));
        AssertNothingOf(fresh.Value, output);
    }

    [SkippableFact]
    public async Task What_is_pasted_along_behind_a_line_break_is_neither_shown_nor_left_to_the_shell()
    {
        var fresh = _simulation.Graph.World.IssueToken(_world.App, _world.SystemUser);

        var (status, output) = await StoreAsync($"{fresh.Value[..100]}\n{fresh.Value[100..]}\n", piece: 1000);

        Assert.Equal(ExitStatus.BrokenOrAtRisk, status);
        Assert.Contains("line break", output, StringComparison.Ordinal);
        AssertNothingOf(fresh.Value, output);
        Assert.Single(_simulation.Vault.Versions(SimulatedSetup.TokenSecret));
    }

    [Fact]
    public async Task A_token_as_an_argument_is_refused_and_not_repeated()
    {
        var token = SampleSecrets.Token("on the command line");

        var (status, output, error) = await RunAsync("store", "--token", token);

        Assert.Equal(ExitStatus.WrongConfiguration, status);
        Assert.Contains("It is now in the history of your shell", error, StringComparison.Ordinal);
        AssertNothingOf(token, output + error);
    }

    [Fact]
    public async Task A_file_named_with_an_at_sign_is_not_read_as_arguments_that_an_error_would_repeat()
    {
        var token = SampleSecrets.Token("in a file");
        var path = _folder.Write("fresh", token + "\n");

        var (status, output, error) = await RunAsync("store", $"@{path}");

        Assert.Equal(ExitStatus.WrongConfiguration, status);
        Assert.Contains(path, error, StringComparison.Ordinal);
        AssertNothingOf(token, output + error);
    }

    [Fact]
    public async Task A_usage_error_has_another_exit_status_than_a_broken_token()
    {
        var (status, _, error) = await RunAsync("check", "--no-such-option");

        Assert.Equal(ExitStatus.WrongConfiguration, status);
        Assert.Contains("--no-such-option", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_whose_output_goes_elsewhere_is_no_place_to_ask()
    {
        using var console = new Spectre.Console.Testing.TestConsole();

        var refusal = await Assert.ThrowsAsync<UnusableArgumentException>(() => new StoreDialog(console, pipe: null).ReadTokenAsync("production", CancellationToken.None));

        Assert.Contains("Pipe the token to standard input", refusal.Message, StringComparison.Ordinal);
    }

    private static void AssertNothingOf(string token, string output)
    {
        for (var start = 0; start + 6 <= token.Length; start++)
        {
            Assert.False(output.Contains(token.Substring(start, 6), StringComparison.Ordinal), $"Six characters of the token were shown, from {start} on.");
        }
    }

    private static async Task<(int Status, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private async Task<(int Status, string Output)> StoreAsync(string typed, int piece)
    {
        using var process = Start();
        var output = new StringBuilder();
        var reading = ReadAsync(process, output);
        var waited = Stopwatch.StartNew();
        while (!Said(output).Contains("then press Enter", StringComparison.Ordinal) && !process.HasExited && waited.Elapsed < CallTimeout)
        {
            await Task.Delay(20);
        }

        for (var start = 0; start < typed.Length; start += piece)
        {
            await process.StandardInput.WriteAsync(typed.AsMemory(start, Math.Min(piece, typed.Length - start)));
            await process.StandardInput.FlushAsync();
            await Task.Delay(3);
        }

        using var timeout = new CancellationTokenSource(CallTimeout);
        await process.WaitForExitAsync(timeout.Token);
        await reading;
        return (process.ExitCode, Said(output));
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("script")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["IDENTITY_ENDPOINT"] = _simulation.Identity.Endpoint.AbsoluteUri,
                ["IDENTITY_HEADER"] = _simulation.Identity.Header,
                ["AZURE_TOKEN_CREDENTIALS"] = "ManagedIdentityCredential",
                ["SSL_CERT_FILE"] = _folder.Write("vault.pem", _simulation.ExportCertificatePem()),
                ["TokenMonitor__StateFolder"] = _folder.Path,
                ["TERM"] = "xterm-256color",
            },
        };
        foreach (var (key, value) in SimulatedSetup.Settings(_simulation, _world))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        foreach (var argument in (string[])["-q", "-e", "-c", $"dotnet '{Program}' store --token production", "/dev/null"])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new CannotRunHereException("There is no \"script\" on the PATH, so no terminal to test at.");
        }
    }

    private static async Task ReadAsync(Process process, StringBuilder output)
    {
        var buffer = new char[1024];
        while (await process.StandardOutput.ReadAsync(buffer) is > 0 and var count)
        {
            lock (output)
            {
                output.Append(buffer, 0, count);
            }
        }
    }

    private static string Said(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString();
        }
    }
}
