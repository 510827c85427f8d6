using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Notifications.Teams;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Tests.Configuration;

public sealed class TokenMonitorServicesTests
{
    private static readonly Dictionary<string, string?> Everything = new()
    {
        ["TokenMonitor:VaultUri"] = "https://contoso-whatsapp.vault.azure.net/",
        ["TokenMonitor:Tokens:production:SecretName"] = "whatsapp-system-user-token",
        ["TokenMonitor:Email:From"] = "token-monitor@contoso.com",
        ["TokenMonitor:Email:To:0"] = "oncall@contoso.com",
        ["TokenMonitor:Email:ApiKeySecretName"] = "sendgrid-api-key",
        ["TokenMonitor:Teams:WebhookUrlSecretName"] = "teams-webhook-url",
    };

    [Fact]
    public async Task All_services_of_the_monitor_are_registered()
    {
        await using var provider = Build(Everything);

        Assert.NotNull(provider.GetRequiredService<ITokenMonitor>());
        Assert.IsType<KeyVaultSecretStore>(provider.GetRequiredService<ISecretStore>());
        Assert.Equal("Key Vault contoso-whatsapp", provider.GetRequiredService<ISecretStore>().Name);
        Assert.Equal(["e-mail", "Teams"], provider.GetServices<INotificationChannel>().Select(channel => channel.Name));
        Assert.Same(TimeProvider.System, provider.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public async Task A_channel_that_is_not_configured_is_not_registered()
    {
        await using var provider = Build(new Dictionary<string, string?>(Everything.Where(setting => !setting.Key.Contains("Email", StringComparison.Ordinal))));

        Assert.Equal(["Teams"], provider.GetServices<INotificationChannel>().Select(channel => channel.Name));
    }

    [Fact]
    public async Task An_existing_registration_is_used()
    {
        var (store, clock) = (Mock.Of<ISecretStore>(), new FakeTimeProvider());

        await using var provider = Build(Everything, services => services.AddSingleton(store).AddSingleton<TimeProvider>(clock));

        Assert.Same(store, provider.GetRequiredService<ISecretStore>());
        Assert.Same(clock, provider.GetRequiredService<TimeProvider>());
        Assert.NotNull(provider.GetRequiredService<ITokenMonitor>());
    }

    [Fact]
    public async Task The_vault_client_uses_the_registered_identity_and_options()
    {
        var identity = new Mock<TokenCredential>();
        var transport = new Mock<Azure.Core.Pipeline.HttpPipelineTransport>();
        transport.Setup(t => t.CreateRequest()).Throws(new InvalidOperationException("The registered transport was used."));

        await using var provider = Build(Everything, services => services
            .AddSingleton(identity.Object)
            .AddSingleton(new SecretClientOptions { Transport = transport.Object }));
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => provider.GetRequiredService<SecretClient>().GetSecretAsync("x"));

        Assert.Equal("The registered transport was used.", thrown.Message);
        Assert.Same(identity.Object, provider.GetRequiredService<TokenCredential>());
    }

    [Fact]
    public async Task Without_a_vault_another_store_does_and_without_either_the_missing_setting_is_named()
    {
        var settings = new Dictionary<string, string?>(Everything.Where(setting => setting.Key != "TokenMonitor:VaultUri"));

        await using var withStore = Build(settings, services => services.AddSingleton(Mock.Of<ISecretStore>()));
        await using var without = Build(settings);

        Assert.NotNull(withStore.GetRequiredService<ITokenMonitor>());
        var thrown = Assert.Throws<OptionsValidationException>(without.GetRequiredService<ITokenMonitor>);
        Assert.StartsWith("TokenMonitor__VaultUri: is missing", Assert.Single(thrown.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_configuration_stops_the_app_at_startup()
    {
        await using var provider = Build(new Dictionary<string, string?> { ["TokenMonitor:Concurrency"] = "many" });

        Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);
        Assert.Throws<OptionsValidationException>(provider.GetRequiredService<ITokenMonitor>);
    }

    [Theory]
    [InlineData(GraphClientFactory.HttpClientName)]
    [InlineData(EmailChannel.HttpClientName)]
    [InlineData(TeamsChannel.HttpClientName)]
    public async Task No_client_follows_redirects_keeps_cookies_or_propagates_traces(string name)
    {
        await using var provider = Build(Everything);

        var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(name);
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        var sockets = Assert.IsType<SocketsHttpHandler>(handler);
        Assert.False(sockets.AllowAutoRedirect);
        Assert.False(sockets.UseCookies);
        Assert.Null(sockets.ActivityHeadersPropagator);
    }

    private static ServiceProvider Build(IEnumerable<KeyValuePair<string, string?>> settings, Action<IServiceCollection>? arrange = null)
    {
        var services = new ServiceCollection().AddLogging();
        arrange?.Invoke(services);
        services.AddTokenMonitor(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), MonitorHosting.Terminal);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
