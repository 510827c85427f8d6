using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Vault;

namespace SafeCast.TokenMonitor.Tests.Simulator;

public sealed class VaultTests : SimulationTest
{
    private static readonly DateTimeOffset Later = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // The client remembers challenges by host and port for as long as the process lives, and ports are used again: under the
    // simulation's own address another test's vault may have challenged it already.
    private readonly Uri _address = new($"https://{Guid.NewGuid():N}.vault.azure.net/");

    private VaultSimulator Vault => Simulation.Vault;

    [Fact]
    public async Task The_official_client_is_challenged_once_and_reads_a_secret_with_its_attributes()
    {
        Vault.Set("whatsapp-token", "first");
        var current = Vault.Set("whatsapp-token", "second", version => version with
        {
            ContentType = "text/plain",
            ExpiresAt = Later,
            Tags = new Dictionary<string, string> { ["owner"] = "team" },
        });

        var secret = (await Secrets().GetSecretAsync("whatsapp-token")).Value;

        Assert.Equal("second", secret.Value);
        Assert.Equal((current.Version, "text/plain", true), (secret.Properties.Version, secret.Properties.ContentType, secret.Properties.Enabled));
        Assert.Equal(Later, secret.Properties.ExpiresOn);
        Assert.Equal(current.CreatedAt.ToUnixTimeSeconds(), secret.Properties.CreatedOn!.Value.ToUnixTimeSeconds());
        Assert.Equal("team", secret.Properties.Tags["owner"]);
        Assert.Equal(Vault.BaseUrl, secret.Properties.VaultUri);
        Assert.Equal([401, 200], Vault.Calls.Select(call => call.Status!.Value));
        Assert.Equal([false, true], Vault.Calls.Select(call => call.HasToken));
    }

    [Fact]
    public async Task An_older_version_can_still_be_read()
    {
        var first = Vault.Set("whatsapp-token", "first");
        Vault.Set("whatsapp-token", "second");

        Assert.Equal("first", (await Secrets().GetSecretAsync("whatsapp-token", first.Version)).Value.Value);
    }

    [Fact]
    public async Task Writing_makes_a_new_version()
    {
        Vault.Set("whatsapp-token", "first");
        var fresh = new KeyVaultSecret("whatsapp-token", "second") { Properties = { ExpiresOn = Later, ContentType = "token" } };

        var written = (await Secrets().SetSecretAsync(fresh)).Value;

        Assert.Equal(["first", "second"], Vault.Versions("whatsapp-token").Select(version => version.Value));
        Assert.Equal(Later, written.Properties.ExpiresOn);
        Assert.Equal(Vault.Versions("whatsapp-token")[1].Version, written.Properties.Version);
    }

    [Fact]
    public async Task A_missing_secret_is_404_SecretNotFound()
    {
        var refusal = await RefusalAsync();

        Assert.Equal((404, "SecretNotFound"), (refusal.Status, refusal.ErrorCode));
    }

    [Fact]
    public async Task A_disabled_secret_is_403_with_SecretDisabled_inside()
    {
        Vault.Set("whatsapp-token", "value");
        Vault.Disable("whatsapp-token");

        var refusal = await RefusalAsync();
        Vault.Enable("whatsapp-token");

        Assert.Equal((403, "Forbidden"), (refusal.Status, refusal.ErrorCode));
        Assert.Contains("\"innererror\":{\"code\":\"SecretDisabled\"}", refusal.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
        Assert.Equal("value", (await Secrets().GetSecretAsync("whatsapp-token")).Value.Value);
    }

    [Fact]
    public async Task A_secret_past_its_date_is_given_out_anyway()
    {
        Vault.Set("whatsapp-token", "value");
        Vault.Expire("whatsapp-token", DateTimeOffset.UnixEpoch);

        Assert.Equal(DateTimeOffset.UnixEpoch, (await Secrets().GetSecretAsync("whatsapp-token")).Value.Properties.ExpiresOn);
    }

    [Fact]
    public async Task A_deleted_secret_is_gone_and_its_name_is_taken()
    {
        Vault.Set("whatsapp-token", "value");
        Vault.Delete("whatsapp-token");

        var reading = await RefusalAsync();
        var writing = await Assert.ThrowsAsync<RequestFailedException>(() => Secrets().SetSecretAsync("whatsapp-token", "new"));

        Assert.Equal((404, 409), (reading.Status, writing.Status));
    }

    [Theory]
    [InlineData(VaultRole.None, true, true)]
    [InlineData(VaultRole.SecretsUser, false, true)]
    [InlineData(VaultRole.SecretsOfficer, false, false)]
    public async Task The_role_decides_who_reads_and_who_writes(VaultRole role, bool refusesReading, bool refusesWriting)
    {
        Vault.Set("whatsapp-token", "value");
        Vault.Role = role;

        var reading = await Record.ExceptionAsync(() => Secrets().GetSecretAsync("whatsapp-token"));
        var writing = await Record.ExceptionAsync(() => Secrets().SetSecretAsync("whatsapp-token", "new"));

        Assert.Equal((refusesReading, refusesWriting), (reading is not null, writing is not null));
        Assert.All(new[] { reading, writing }.OfType<RequestFailedException>(), refusal =>
        {
            Assert.Equal((403, "Forbidden"), (refusal.Status, refusal.ErrorCode));
            Assert.Contains("\"innererror\":{\"code\":\"ForbiddenByRbac\"}", refusal.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Refusals_can_be_scripted()
    {
        Vault.Set("whatsapp-token", "value");
        foreach (var (fault, status) in new[]
        {
            (VaultFault.Unauthorized(), 401), (VaultFault.ForbiddenByFirewall(), 403), (VaultFault.Throttled(TimeSpan.FromSeconds(1)), 429),
            (VaultFault.Unavailable(), 503), (Fault.Html(500), 500),
        })
        {
            using (Vault.Script(call => call.HasToken, fault))
            {
                Assert.Equal(status, (await RefusalAsync()).Status);
            }
        }

        using (Vault.Script(Fault.Reset()))
        {
            Assert.Equal(0, (await RefusalAsync()).Status);
        }
    }

    [Fact]
    public async Task A_caller_can_cancel_a_vault_that_stalls()
    {
        Vault.Script(Fault.Stall());
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Secrets().GetSecretAsync("whatsapp-token", cancellationToken: impatient.Token));
    }

    [Fact]
    public void A_version_prints_without_its_secret()
    {
        Assert.DoesNotContain("hidden", Vault.Set("whatsapp-token", "hidden").ToString(), StringComparison.Ordinal);
    }

    private async Task<RequestFailedException> RefusalAsync() =>
        await Assert.ThrowsAsync<RequestFailedException>(() => Secrets().GetSecretAsync("whatsapp-token"));

    private SecretClient Secrets() => new(
        _address,
        new FixedCredential("a token"),
        new SecretClientOptions
        {
            Transport = new HttpClientTransport(new HttpClient(Simulation.CreateHandler())),
            Retry = { MaxRetries = 0 },
        });

    private sealed class FixedCredential(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
