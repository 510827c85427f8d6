using System.Text.Json;
using SafeCast.TokenMonitor.FunctionsHost;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Leaks;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Functions;

/// <summary>
/// The published app: the files that the platform needs, and the process driven as the Functions host drives it, with the settings that the
/// Bicep writes, against the simulators.
/// </summary>
public sealed class PublishedAppTests(PublishedFunctionsApp published) : IClassFixture<PublishedFunctionsApp>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("host.json")]
    [InlineData("functions.metadata")]
    [InlineData("extensions.json")]
    [InlineData("worker.config.json")]
    [InlineData("SafeCast.TokenMonitor.Functions.dll")]
    [InlineData(".azurefunctions/Microsoft.Azure.WebJobs.Extensions.Storage.Queues.dll")]
    public void It_has_the_files_that_the_host_needs(string file) => Assert.True(File.Exists(Path.Combine(published.App.Folder, file)), file);

    // The host rejects a message in plain text if it expects base64, so the app decodes messages itself.
    [Fact]
    public void The_host_leaves_the_messages_of_the_queue_as_they_are()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(published.App.Folder, "host.json")));

        Assert.Equal("none", host.RootElement.GetProperty("extensions").GetProperty("queues").GetProperty("messageEncoding").GetString());
    }

    [Fact]
    public void It_has_nothing_that_does_not_belong_in_production()
    {
        var files = Directory.EnumerateFiles(published.App.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();

        Assert.DoesNotContain("local.settings.json", files);
        Assert.DoesNotContain(files, file => file!.Contains("Simulator", StringComparison.OrdinalIgnoreCase) || file.Contains("Tests", StringComparison.Ordinal) || file.StartsWith("xunit", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_functions_are_announced_with_their_triggers()
    {
        using var metadata = JsonDocument.Parse(File.ReadAllText(Path.Combine(published.App.Folder, "functions.metadata")));

        Assert.Equal(
            [("HourlyCheck", "timerTrigger"), ("NewVersionCheck", "queueTrigger")],
            metadata.RootElement.EnumerateArray()
                .Select(function => (Name: function.GetProperty("name").GetString(), Trigger: function.GetProperty("bindings")[0].GetProperty("type").GetString()))
                .OrderBy(function => function.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void The_host_loads_the_extension_for_the_queue() =>
        Assert.Contains("AzureStorageQueues", File.ReadAllText(Path.Combine(published.App.Folder, "extensions.json")), StringComparison.Ordinal);

    [Fact]
    public async Task With_invalid_settings_it_ends_with_status_1_and_every_error_and_no_secret()
    {
        var token = SampleSecrets.Token("production");

        var exit = await Assert.ThrowsAsync<WorkerExitedException>(() => FunctionsWorker.StartAsync(published.App, new Dictionary<string, string>
        {
            ["TokenMonitor__VaultUri"] = "http://contoso.vault.azure.net/",
            ["TokenMonitor__Tokens__production__SecretName"] = token,
            ["TokenMonitor__Tokens__production__AppId"] = "abc",
            ["TokenMonitor__NoSuchSetting"] = "1",
        }));

        Assert.Equal(1, exit.Status);
        Assert.All(
            ["TokenMonitor__VaultUri", "TokenMonitor__Tokens__production__SecretName", "TokenMonitor__Tokens__production__AppId", "TokenMonitor__NoSuchSetting", "TOKEN_MONITOR_SCHEDULE", "TokenMonitor__StateContainerUri"],
            key => Assert.Contains($"- {key}: ", exit.StandardError, StringComparison.Ordinal));
        Assert.DoesNotContain(token[..12], exit.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", exit.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task One_tick_checks_the_token_and_one_event_checks_it_again()
    {
        await using var simulated = await SimulatedMonitor.StartAsync();
        await using var worker = await StartAsync(simulated);

        Assert.Equal(["HourlyCheck", "NewVersionCheck"], worker.Functions.Order(StringComparer.Ordinal));
        Assert.Equal(new InvocationResult(true, null), await worker.TickAsync("HourlyCheck"));
        Assert.Equal(1, Checks(simulated));

        Assert.Equal(new InvocationResult(true, null), await worker.ReceiveAsync("NewVersionCheck", DeployedSettings.NewVersionMessage(TimeProvider.System)));
        Assert.Equal(2, Checks(simulated));
        Assert.Contains("\"schemaVersion\": 2", simulated.Simulation.Blobs.Read(DeployedSettings.StateContainer, "production.json"), StringComparison.Ordinal);
        Assert.Empty(simulated.Simulation.SendGrid.Mails);
        Assert.Empty(simulated.Simulation.Teams.Messages);
    }

    [SkippableFact]
    public async Task An_invocation_fails_when_an_alert_cannot_be_delivered()
    {
        await using var simulated = await SimulatedMonitor.StartAsync();
        simulated.World.Token.State = SimulatedTokenState.Revoked;
        simulated.Simulation.SendGrid.Script(Fault.Answer(403, "{\"errors\":[{\"message\":\"forbidden\"}]}"));
        await using var worker = await StartAsync(simulated);

        var result = await worker.TickAsync("HourlyCheck");

        Assert.False(result.Succeeded);
        Assert.Contains("e-mail", result.Error, StringComparison.Ordinal);
        Assert.Single(simulated.Simulation.Teams.Messages);
    }

    [SkippableFact]
    public async Task No_secret_is_printed_or_logged_at_the_most_detailed_level()
    {
        await using var simulated = await SimulatedMonitor.StartAsync();
        simulated.Simulation.Graph.Script(GraphFault.Unavailable(), times: 1);
        await using var worker = await StartAsync(simulated, ("Logging__LogLevel__Default", "Trace"));
        await worker.TickAsync("HourlyCheck");
        simulated.World.Token.State = SimulatedTokenState.Revoked;
        await worker.TickAsync("HourlyCheck");
        await worker.ReceiveAsync("NewVersionCheck", DeployedSettings.NewVersionMessage(TimeProvider.System));

        var output = worker.Output;

        Assert.Contains("CheckCompleted", output, StringComparison.Ordinal);
        Assert.Contains("\"level\":\"Debug\"", output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("input_token=", output, StringComparison.Ordinal);
        Assert.All(SecretsOf.All(simulated), secret => Assert.False(secret.Forms.Any(form => output.Contains(form, StringComparison.Ordinal)), secret.Name));
    }

    [SkippableFact]
    public async Task A_process_that_is_killed_during_a_check_loses_no_alert_and_repeats_none()
    {
        await using var simulated = await SimulatedMonitor.StartAsync();
        simulated.World.Token.State = SimulatedTokenState.Revoked;
        using (simulated.Simulation.Graph.Script(Fault.Stall()))
        {
            await using var killed = await StartAsync(simulated);
            var check = killed.TickAsync("HourlyCheck");
            while (simulated.Simulation.Graph.Calls.Count == 0)
            {
                await Task.Delay(10);
            }

            killed.Kill();
            await Assert.ThrowsAsync<WorkerExitedException>(() => check);
        }

        await using var worker = await StartAsync(simulated);
        await worker.TickAsync("HourlyCheck");
        await worker.TickAsync("HourlyCheck");

        Assert.Single(simulated.Simulation.SendGrid.Mails);
        Assert.Single(simulated.Simulation.Teams.Messages);
    }

    private static int Checks(SimulatedMonitor simulated) => simulated.Simulation.Graph.Calls.Count(call => call.Operation == GraphOperation.DebugToken && call.Status == 200);

    private async Task<FunctionsWorker> StartAsync(SimulatedMonitor simulated, params (string Name, string Value)[] more)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new CannotRunHereException("Linux only: on other systems, no setting makes a process trust the certificate of the simulated vault.");
        }

        var settings = DeployedSettings.For(simulated);
        settings["IDENTITY_ENDPOINT"] = simulated.Simulation.Identity.Endpoint.AbsoluteUri;
        settings["IDENTITY_HEADER"] = simulated.Simulation.Identity.Header;
        settings["SSL_CERT_FILE"] = _folder.Write("simulation.pem", simulated.Simulation.ExportCertificatePem());
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return await FunctionsWorker.StartAsync(published.App, settings);
    }
}
