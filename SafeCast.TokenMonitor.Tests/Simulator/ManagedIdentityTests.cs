using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Vault;

namespace SafeCast.TokenMonitor.Tests.Simulator;

public sealed class ManagedIdentityTests : SimulationTest
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    protected override SimulationOptions Options => new() { TimeProvider = _clock };

    private ManagedIdentitySimulator Identity => Simulation.Identity;

    [Fact]
    public async Task It_hands_out_a_token_for_a_day()
    {
        var answer = await AskAsync("resource=https://vault.azure.net&client_id=11111111-2222-3333-4444-555555555555");

        Assert.Equal(200, answer.Status);
        Assert.Equal("Bearer", answer.Body["token_type"]!.GetValue<string>());
        Assert.Equal("https://vault.azure.net", answer.Body["resource"]!.GetValue<string>());
        Assert.Equal("11111111-2222-3333-4444-555555555555", answer.Body["client_id"]!.GetValue<string>());
        Assert.Equal(_clock.GetUtcNow().AddDays(1).ToUnixTimeSeconds().ToString(), answer.Body["expires_on"]!.GetValue<string>());
    }

    [Fact]
    public async Task It_refuses_a_wrong_identity_a_missing_resource_and_a_missing_header()
    {
        Identity.ClientId = "right";

        Assert.Equal(400, (await AskAsync("resource=https://vault.azure.net&client_id=wrong")).Status);
        Assert.Equal(200, (await AskAsync("resource=https://vault.azure.net&client_id=right")).Status);
        Assert.Equal(400, (await AskAsync("client_id=right")).Status);
        Assert.Equal(401, (await AskAsync("resource=https://vault.azure.net", "")).Status);
    }

    [Fact]
    public async Task It_fails_as_scripted()
    {
        Identity.Script(Fault.Answer(500), times: 1);

        Assert.Equal(500, (await AskAsync("resource=https://vault.azure.net")).Status);
    }

    [Fact]
    public async Task A_strict_vault_believes_its_tokens_alone_and_only_for_their_time()
    {
        Simulation.Vault.Set("name", "value");
        Simulation.Vault.AcceptsOnlyManagedIdentity = true;
        var token = (await AskAsync("resource=https://vault.azure.net")).Body["access_token"]!.GetValue<string>();

        Assert.Equal(401, await ReadAsync("another"));
        Assert.Equal(200, await ReadAsync(token));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(401, await ReadAsync(token));
    }

    private async Task<int> ReadAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Simulation.Vault.BaseUrl, "secrets/name?api-version=7.6"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await Client.SendAsync(request);
        return (int)response.StatusCode;
    }

    private async Task<Answer> AskAsync(string query, string? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Identity.Endpoint}?api-version=2019-08-01&{query}");
        request.Headers.Add("X-IDENTITY-HEADER", header ?? Identity.Header);
        using var response = await Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
