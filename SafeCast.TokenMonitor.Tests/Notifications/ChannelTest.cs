using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Notifications.Teams;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Notifications;

/// <summary>The channels as the product wires them, over real HTTP to the simulators.</summary>
public abstract class ChannelTest : IAsyncLifetime
{
    protected const string ApiKeySecret = "sendgrid-api-key";
    protected const string WebhookSecret = "teams-webhook-url";

    private ServiceProvider? _provider;

    protected Simulation Simulation { get; private set; } = null!;

    internal FixedSecrets Secrets { get; } = new();

    internal HastyTime Time { get; } = new();

    protected Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Takes the place of the network.</summary>
    protected HttpMessageHandler? Wire { get; set; }

    internal INotificationChannel Email => Channel<EmailChannel>();

    internal INotificationChannel Teams => Channel<TeamsChannel>();

    public async Task InitializeAsync()
    {
        Simulation = await Simulation.StartAsync();
        Secrets.Set(ApiKeySecret, Simulation.SendGrid.ApiKey);
        Secrets.Set(WebhookSecret, Simulation.Teams.WebhookUrl);
        Settings["TokenMonitor:Tokens:production:SecretName"] = "whatsapp-system-user-token";
        Settings["TokenMonitor:Email:From"] = "token-monitor@contoso.com";
        Settings["TokenMonitor:Email:To:0"] = "oncall@contoso.com";
        Settings["TokenMonitor:Email:To:1"] = "integration@contoso.com";
        Settings["TokenMonitor:Email:ApiKeySecretName"] = ApiKeySecret;
        Settings["TokenMonitor:Email:BaseUrl"] = Simulation.SendGrid.BaseUrl.AbsoluteUri;
        Settings["TokenMonitor:Teams:WebhookUrlSecretName"] = WebhookSecret;
    }

    public async Task DisposeAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }

        await Simulation.DisposeAsync();
    }

    private protected static string ReasonOf(DeliveryOutcome outcome) => Assert.IsType<DeliveryOutcome.Failed>(outcome).Reason;

    private INotificationChannel Channel<T>() => (_provider ??= Build()).GetServices<INotificationChannel>().Single(channel => channel is T);

    private ServiceProvider Build()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<ISecretStore>(Secrets).AddSingleton<TimeProvider>(Time);
        services.AddTokenMonitor(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(), MonitorHosting.Terminal);
        if (Wire is not null)
        {
            services.AddHttpClient(EmailChannel.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => Wire);
            services.AddHttpClient(TeamsChannel.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => Wire);
        }

        return services.BuildServiceProvider();
    }

    /// <summary>A network that notes the addresses and accepts everything.</summary>
    private protected sealed class NotingWire : HttpMessageHandler
    {
        public List<Uri> Addresses { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Addresses.Add(request.RequestUri!);
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Accepted) { Content = new StringContent("") });
        }
    }
}
