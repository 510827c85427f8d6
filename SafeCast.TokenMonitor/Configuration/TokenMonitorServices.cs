using System.Threading.RateLimiting;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
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
    /// Adds <see cref="ITokenMonitor"/>, its dependencies and <see cref="TokenMonitorOptions"/>, which are validated when the host starts and
    /// before their first use. An <see cref="ISecretStore"/>, <see cref="TokenCredential"/>, <see cref="SecretClientOptions"/> or
    /// <see cref="TimeProvider"/> that is registered already is used instead of the default.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration, with the section <c>TokenMonitor</c>.</param>
    /// <param name="hosting">Where the monitor runs.</param>
    /// <param name="nameOf">
    /// Gets the name of a setting as the user writes it, for error messages, from its name as an environment variable; null: the same name.
    /// </param>
    public static IServiceCollection AddTokenMonitor(
        this IServiceCollection services, IConfiguration configuration, MonitorHosting hosting, Func<string, string>? nameOf = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var section = new BindableSection(configuration.GetSection(TokenMonitorOptions.SectionName), typeof(TokenMonitorOptions));

        AddOptions(services, configuration, section, new TokenMonitorOptionsValidator(section, hosting, nameOf ?? (key => key)));
        services.AddSingleton(provider => Options(provider).ToCheckSettings([.. section.Renamed.Select(Warning)]));
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        AddSecrets(services);
        AddInspection(services);
        AddNotifications(services, section);
        AddIncidents(services);
        services.AddSingleton<CheckMetrics>();
        services.AddSingleton(provider => Options(provider).ToMonitoredSecrets());
        services.AddSingleton<NewVersionGate>();
        services.AddSingleton<ITokenMonitor, Monitoring.TokenMonitor>();
        services.AddSingleton<ITokenRotation, TokenRotation>();
        services.AddSingleton(provider => Options(provider).ToDiagnosticsSettings());
        services.AddSingleton<ISetupDiagnostics, SetupDiagnostics>();
        return services;
    }

    private static void AddOptions(
        IServiceCollection services, IConfiguration configuration, BindableSection section, TokenMonitorOptionsValidator validator)
    {
        services.AddSingleton<IValidateOptions<TokenMonitorOptions>>(validator);
        services.AddOptions<TokenMonitorOptions>()
            .Bind(section.Values.GetSection(TokenMonitorOptions.SectionName))
            .Configure(options =>
            {
                // Templates leave optional settings empty, also all of one token, which is monitored with the defaults.
                foreach (var token in configuration.GetSection($"{TokenMonitorOptions.SectionName}:{nameof(options.Tokens)}").GetChildren())
                {
                    options.Tokens.TryAdd(token.Key, new TokenOptions());
                }

                options.Schedule = Text(configuration, TokenMonitorOptions.ScheduleKey);
                options.StateConnectionString = Text(configuration, TokenMonitorOptions.HostStorageKey);
                options.MonitorName = Text(configuration, "WEBSITE_SITE_NAME") is { } site ? $"function app {site}" : options.MonitorName;
            })
            .ValidateOnStart();
    }

    private static TokenMonitorOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<TokenMonitorOptions>>().Value;

    private static string? Text(IConfiguration configuration, string key) => configuration[key]?.Trim() is { Length: > 0 } value ? value : null;

    private static string Warning((string Old, string New) renamed) =>
        $"{BindableSection.EnvironmentName(renamed.Old)} was renamed to {BindableSection.EnvironmentName(renamed.New)}. The old name still works; change it in your settings.";

    private static void AddSecrets(IServiceCollection services)
    {
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.TryAddSingleton(provider => DefaultClientOptions(VaultUri(provider)));
        services.TryAddSingleton(provider => new SecretClient(
            VaultUri(provider), provider.GetRequiredService<TokenCredential>(), provider.GetRequiredService<SecretClientOptions>()));
        services.TryAddSingleton<ISecretStore, KeyVaultSecretStore>();
    }

    private static Uri VaultUri(IServiceProvider provider) =>
        Options(provider).VaultUri
        ?? throw new OptionsValidationException(
            nameof(TokenMonitorOptions),
            typeof(TokenMonitorOptions),
            ["TokenMonitor__VaultUri: is missing: it is the address of the vault that holds the token. Example: https://contoso-whatsapp.vault.azure.net/"]);

    private static SecretClientOptions DefaultClientOptions(Uri vault) => new()
    {
        // The challenge of a simulator on this machine cannot match an Azure domain. All other vaults must match.
        DisableChallengeResourceVerification = vault.IsLoopbackHost(),
        RetryPolicy = new BoundedRetryPolicy(TimeSpan.FromMilliseconds(500)),
        Retry = { NetworkTimeout = TimeSpan.FromSeconds(4) },
    };

    private static void AddInspection(IServiceCollection services)
    {
        services.AddSingleton(provider => Options(provider).Graph.ToGraphEndpoint());
        services.AddSingleton<GraphClientFactory>();
        services.AddSingleton<RemovedFields>();
        services.AddSingleton<ITokenInspector, TokenInspector>();
        services.AddSingleton<AppInspector>();
        AddSilentHttpClient(services, GraphClientFactory.HttpClientName);
    }

    private static void AddIncidents(IServiceCollection services)
    {
        services.AddSingleton(provider =>
            Options(provider).ToIncidentSettings(provider.GetServices<INotificationChannel>().Select(channel => channel.Name)));
        services.AddSingleton<StateStore>();
        services.TryAddSingleton<IAlertWording>(EnglishWording.Instance);
        services.AddSingleton<AlertComposer>();
        services.AddSingleton<IncidentProcessor>();
        services.TryAddSingleton<IDocumentStore>(provider => CreateDocumentStore(provider, Options(provider)));
    }

    private static IDocumentStore CreateDocumentStore(IServiceProvider provider, TokenMonitorOptions options)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        return options switch
        {
            { StateContainerUri: { } container } => new BlobDocumentStore(
                new BlobContainerClient(container, provider.GetRequiredService<TokenCredential>(), BlobOptions()), time),

            // For local work, the storage account of the Functions host also stores the state.
            { StateConnectionString: { } connection } => new BlobDocumentStore(new BlobContainerClient(connection, StateContainer, BlobOptions()), time),
            _ => new FolderDocumentStore(options.ToStateFolder(), time),
        };
    }

    private static BlobClientOptions BlobOptions() => new()
    {
        Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(500), NetworkTimeout = TimeSpan.FromSeconds(4) },
    };

    private static void AddNotifications(IServiceCollection services, BindableSection section)
    {
        if (section.Has($"{TokenMonitorOptions.SectionName}:{nameof(TokenMonitorOptions.Email)}"))
        {
            services.AddSingleton(provider => Options(provider).Email!.ToEmailSettings());
            services.AddSingleton<INotificationChannel, EmailChannel>();
            AddRetries(AddSilentHttpClient(services, EmailChannel.HttpClientName));
        }

        if (section.Has($"{TokenMonitorOptions.SectionName}:{nameof(TokenMonitorOptions.Teams)}"))
        {
            services.AddSingleton(provider => Options(provider).Teams!.ToTeamsSettings());
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
