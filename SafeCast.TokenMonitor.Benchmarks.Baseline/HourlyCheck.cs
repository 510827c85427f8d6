using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace SafeCast.TokenMonitor.Benchmarks.Baseline;

/// <summary>What a team would write by hand: reads the token, inspects it through Graph, stores the result.</summary>
public sealed class HourlyCheck
{
    private static readonly DefaultAzureCredential Credential = new();
    private static readonly SecretClient Vault = new(new Uri(Setting("TokenMonitor__VaultUri")), Credential, new SecretClientOptions { DisableChallengeResourceVerification = true });
    private static readonly BlobContainerClient State = new(new Uri(Setting("TokenMonitor__StateContainerUri")), Credential);
    private static readonly HttpClient Graph = new() { BaseAddress = new Uri($"{Setting("TokenMonitor__Graph__BaseUrl")}/{Setting("TokenMonitor__Graph__Version")}/") };

    [Function(nameof(HourlyCheck))]
    public async Task RunAsync([TimerTrigger("%TOKEN_MONITOR_SCHEDULE%")] TimerInfo timer)
    {
        var token = (await Vault.GetSecretAsync("whatsapp-system-user-token")).Value.Value;
        var appSecret = (await Vault.GetSecretAsync("whatsapp-app-secret")).Value.Value;
        var app = $"{Setting("TokenMonitor__Tokens__production__AppId")}|{appSecret}";
        var inspected = await Graph.GetFromJsonAsync<JsonObject>($"debug_token?input_token={token}&access_token={app}");
        var account = await Graph.GetFromJsonAsync<JsonObject>($"{Setting("TokenMonitor__Tokens__production__BusinessAccountId")}?fields=id,name&access_token={token}");
        var number = await Graph.GetFromJsonAsync<JsonObject>($"{Setting("TokenMonitor__Tokens__production__PhoneNumberId")}?fields=id,status,quality_rating&access_token={token}");
        await State.GetBlobClient("production.json").UploadAsync(new BinaryData(new { timer.IsPastDue, inspected, account, number, at = DateTimeOffset.UtcNow }), overwrite: true);
    }

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
}
