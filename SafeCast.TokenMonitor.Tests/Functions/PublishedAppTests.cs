using System.Text.Json;
using SafeCast.TokenMonitor.Simulator;

namespace SafeCast.TokenMonitor.Tests.Functions;

/// <summary>What the platform needs of the published app, and how it ends with invalid settings.</summary>
public sealed class PublishedAppTests(PublishedApp app) : IClassFixture<PublishedApp>
{
    [Theory]
    [InlineData("host.json")]
    [InlineData("functions.metadata")]
    [InlineData("extensions.json")]
    [InlineData("worker.config.json")]
    [InlineData("SafeCast.TokenMonitor.Functions.dll")]
    [InlineData(".azurefunctions/Microsoft.Azure.WebJobs.Extensions.Storage.Queues.dll")]
    public void It_has_what_the_host_reads(string file) => Assert.True(File.Exists(Path.Combine(app.Folder, file)), file);

    [Fact]
    public void It_has_nothing_that_does_not_belong_in_production()
    {
        var files = Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();

        Assert.DoesNotContain("local.settings.json", files);
        Assert.DoesNotContain(files, file => file!.Contains("Simulator", StringComparison.OrdinalIgnoreCase) || file.Contains("Tests", StringComparison.Ordinal) || file.StartsWith("xunit", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_functions_are_announced_with_their_triggers()
    {
        using var metadata = JsonDocument.Parse(File.ReadAllText(Path.Combine(app.Folder, "functions.metadata")));

        Assert.Equal(
            [("HourlyCheck", "timerTrigger"), ("NewVersionCheck", "queueTrigger")],
            metadata.RootElement.EnumerateArray()
                .Select(function => (Name: function.GetProperty("name").GetString(), Trigger: function.GetProperty("bindings")[0].GetProperty("type").GetString()))
                .OrderBy(function => function.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void The_host_loads_the_extension_for_the_queue() =>
        Assert.Contains("AzureStorageQueues", File.ReadAllText(Path.Combine(app.Folder, "extensions.json")), StringComparison.Ordinal);

    [Fact]
    public async Task With_invalid_settings_it_ends_with_status_1_and_every_error_and_no_secret()
    {
        var token = SampleSecrets.Token("production");

        var (status, output, error) = await app.StartAsync(new Dictionary<string, string>
        {
            ["TokenMonitor__VaultUri"] = "http://contoso.vault.azure.net/",
            ["TokenMonitor__Tokens__production__SecretName"] = token,
            ["TokenMonitor__Tokens__production__AppId"] = "abc",
            ["TokenMonitor__NoSuchSetting"] = "1",
        });

        Assert.Equal(1, status);
        Assert.All(
            ["TokenMonitor__VaultUri", "TokenMonitor__Tokens__production__SecretName", "TokenMonitor__Tokens__production__AppId", "TokenMonitor__NoSuchSetting", "TOKEN_MONITOR_SCHEDULE", "TokenMonitor__StateContainerUri"],
            key => Assert.Contains($"- {key}: ", error, StringComparison.Ordinal));
        Assert.DoesNotContain(token[..12], output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }
}
