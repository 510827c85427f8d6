using System.Threading.RateLimiting;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SafeCast.TokenMonitor.Http;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Notifications.Teams;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Setup;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>Registers the monitor for dependency injection.</summary>
public static class TokenMonitorServices
{
    private const string StateContainer = "token-monitor-state";

    // Limits what an invalid response can make the monitor read. Valid responses are far smaller.
    private const long MaxResponseBytes = 1024 * 1024;

    /// <summary>
    /// Adds <see cref="ITokenMonitor"/> and its dependencies. An <see cref="ISecretStore"/>, <see cref="TokenCredential"/>,
    /// <see cref="SecretClientOptions"/> or <see cref="TimeProvider"/> that is registered already is used instead of the default.
    /// </summary>
    /// <exception cref="ConfigurationException">The configuration is invalid or incomplete; the message lists every error.</exception>
    public static IServiceCollection AddTokenMonitor(this IServiceCollection services, IConfiguration configuration, MonitorHosting hosting)
    {
        ArgumentNullException.ThrowIfNull(services);
        var settings = SettingsReader.Read(configuration, hosting);

        services.AddSingleton(settings);
        services.AddSingleton(settings.Check);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        AddSecrets(services);
        AddInspection(services, settings);
        AddNotifications(services, settings);
        AddIncidents(services, settings);
        services.AddSingleton<CheckMetrics>();
        services.AddSingleton(Monitored(settings));
        services.AddSingleton<NewVersionGate>();
        services.AddSingleton<ITokenMonitor, Monitoring.TokenMonitor>();
        AddSetup(services, settings);
        return services;
    }

    private static void AddSecrets(IServiceCollection services)
    {
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.TryAddSingleton(provider => DefaultClientOptions(VaultUri(provider)));
        services.TryAddSingleton(provider => new SecretClient(
            VaultUri(provider), provider.GetRequiredService<TokenCredential>(), provider.GetRequiredService<SecretClientOptions>()));
        services.TryAddSingleton<ISecretStore, KeyVaultSecretStore>();
    }

    private static Uri VaultUri(IServiceProvider provider) =>
        provider.GetRequiredService<MonitorSettings>().VaultUri
        ?? throw new ConfigurationException([new ConfigurationError(
            "TokenMonitor__VaultUri", "is missing: it is the address of the vault that holds the token.", "https://contoso-whatsapp.vault.azure.net/")]);

    private static SecretClientOptions DefaultClientOptions(Uri vault) => new()
    {
        // The challenge of a simulator on this machine cannot match an Azure domain. All other vaults must match.
        DisableChallengeResourceVerification = vault.IsLoopbackHost(),
        Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(500), NetworkTimeout = TimeSpan.FromSeconds(4) },
    };

    private static void AddInspection(IServiceCollection services, MonitorSettings settings)
    {
        services.AddSingleton(settings.Graph);
        services.AddSingleton<GraphClientFactory>();
        services.AddSingleton<RemovedFields>();
        services.AddSingleton<ITokenInspector, TokenInspector>();
        services.AddSingleton<AppInspector>();
        AddSilentHttpClient(services, GraphClientFactory.HttpClientName);
    }

    private static void AddIncidents(IServiceCollection services, MonitorSettings settings)
    {
        services.AddSingleton(provider => settings.Incidents with
        {
            Channels = [.. provider.GetServices<INotificationChannel>().Select(channel => channel.Name)],
        });
        services.AddSingleton<StateStore>();
        services.TryAddSingleton<IAlertWording>(EnglishWording.Instance);
        services.AddSingleton<AlertComposer>();
        services.AddSingleton<IncidentProcessor>();
        services.TryAddSingleton<IDocumentStore>(provider => settings switch
        {
            { StateContainerUri: { } container } => new BlobDocumentStore(
                new BlobContainerClient(container, provider.GetRequiredService<TokenCredential>(), BlobOptions()), provider.GetRequiredService<TimeProvider>()),
            { StateConnectionString: { } connection } => new BlobDocumentStore(
                new BlobContainerClient(connection, StateContainer, BlobOptions()), provider.GetRequiredService<TimeProvider>()),
            _ => new FolderDocumentStore(settings.StateFolder, provider.GetRequiredService<TimeProvider>()),
        });
    }

    private static MonitoredSecrets Monitored(MonitorSettings settings) => new(
        settings.Check.Tokens.SelectMany(monitored => new[] { monitored.Expectation.SecretName, monitored.Expectation.AppSecretName })
            .Concat(ChannelKeys(settings).Values)
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase),
        settings.VaultUri is { HostNameType: UriHostNameType.Dns } vault && !vault.IsLoopbackHost() ? vault.Host.Split('.')[0] : null);

    private static void AddSetup(IServiceCollection services, MonitorSettings settings)
    {
        services.AddSingleton<ITokenRotation, TokenRotation>();
        services.AddSingleton(new DiagnosticsSettings(settings.Schedule, ChannelKeys(settings), settings.Graph.Version));
        services.AddSingleton<ISetupDiagnostics, SetupDiagnostics>();
    }

    private static Dictionary<string, string> ChannelKeys(MonitorSettings settings)
    {
        var keys = new Dictionary<string, string>();
        if (settings.Email is { } email)
        {
            keys[EmailChannel.ChannelName] = email.ApiKeySecretName;
        }

        if (settings.Teams is { } teams)
        {
            keys[TeamsChannel.ChannelName] = teams.WebhookUrlSecretName;
        }

        return keys;
    }

    private static BlobClientOptions BlobOptions() => new()
    {
        Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(500), NetworkTimeout = TimeSpan.FromSeconds(4) },
    };

    private static void AddNotifications(IServiceCollection services, MonitorSettings settings)
    {
        if (settings.Email is { } email)
        {
            services.AddSingleton(email);
            services.AddSingleton<INotificationChannel, EmailChannel>();
            AddRetries(AddSilentHttpClient(services, EmailChannel.HttpClientName));
        }

        if (settings.Teams is { } teams)
        {
            services.AddSingleton(teams);
            services.AddSingleton<INotificationChannel, TeamsChannel>();
            AddRetries(AddSilentHttpClient(services, TeamsChannel.HttpClientName), TeamsChannel.CreatePace);
        }
    }

    /// <summary>
    /// A client whose requests are not recorded, because requests to Graph carry the inspected token in the query, and the URL of the
    /// Teams workflow is a credential: no logger, no tracing (without a propagator the handler creates neither activities nor
    /// diagnostic events), no redirects and no cookies.
    /// </summary>
    private static IHttpClientBuilder AddSilentHttpClient(IServiceCollection services, string name) => services
        .AddHttpClient(name, client =>
        {
            // Each caller sets its own timeout.
            client.Timeout = Timeout.InfiniteTimeSpan;
            client.MaxResponseContentBufferSize = MaxResponseBytes;
        })
        .RemoveAllLoggers()
        .AddHttpMessageHandler(() => new RedactedUri.Handler())
        .UseSocketsHttpHandler((handler, _) =>
        {
            handler.ActivityHeadersPropagator = null;
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.ConnectTimeout = TimeSpan.FromSeconds(5);
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

    private static void AddRetries(IHttpClientBuilder client, Func<RateLimiter>? createPace = null) => client.AddResilienceHandler("deliveries", (pipeline, context) =>
    {
        pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
        var pace = createPace?.Invoke();
        context.OnPipelineDisposed(() => pace?.Dispose());
        RetryPolicy.ForDeliveries(pipeline, pace);
    });
}
