using System.Net;
using System.Security.Cryptography.X509Certificates;
using SafeCast.TokenMonitor.Simulator;

namespace SafeCast.TokenMonitor.Tests.Simulator;

public sealed class SimulationTests
{
    [Fact]
    public async Task Several_simulations_live_side_by_side_on_loopback_alone()
    {
        await using var one = await Simulation.StartAsync();
        await using var other = await Simulation.StartAsync();

        Assert.NotEqual(one.Graph.BaseUrl, other.Graph.BaseUrl);
        Assert.All(
            new[] { one.Graph.BaseUrl, one.SendGrid.BaseUrl, one.Teams.BaseUrl, one.Identity.Endpoint, one.Vault.BaseUrl, one.Graph.SecureBaseUrl },
            url => Assert.Equal(IPAddress.Loopback.ToString(), url.Host));
    }

    [Fact]
    public async Task A_requested_port_is_used_and_refused_if_it_is_in_use()
    {
        int port;
        await using (var any = await Simulation.StartAsync())
        {
            port = any.Graph.BaseUrl.Port;
        }

        await using var asked = await Simulation.StartAsync(new SimulationOptions { HttpPort = port });

        Assert.Equal(port, asked.Graph.BaseUrl.Port);
        await Assert.ThrowsAnyAsync<IOException>(() => Simulation.StartAsync(new SimulationOptions { HttpPort = port }));
    }

    [Fact]
    public async Task The_certificate_is_good_for_loopback_and_leaves_its_key_at_home()
    {
        await using var simulation = await Simulation.StartAsync();

        using var exported = X509Certificate2.CreateFromPem(simulation.ExportCertificatePem());

        Assert.True(exported.MatchesHostname("localhost"));
        Assert.True(exported.MatchesHostname("127.0.0.1"));
        Assert.False(exported.HasPrivateKey);
        Assert.Equal(simulation.Certificate.Thumbprint, exported.Thumbprint);
    }

    [Theory]
    [InlineData("seed")]
    [InlineData("another seed")]
    public void Sample_secrets_look_real_and_follow_from_their_seed(string seed)
    {
        Assert.Matches("^EAA[A-Za-z0-9]{200}$", SampleSecrets.Token(seed));
        Assert.Matches("^[0-9a-f]{32}$", SampleSecrets.AppSecret(seed));
        Assert.Matches("^SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}$", SampleSecrets.SendGridKey(seed));
        Assert.Equal(SampleSecrets.Token(seed), SampleSecrets.Token(seed));
        Assert.NotEqual(SampleSecrets.Token(seed), SampleSecrets.Token(seed + "!"));
    }
}
