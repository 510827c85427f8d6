using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Cli;

/// <summary>The monitor as it runs at a terminal: configured by the environment or a file of it, with the vault if one is named.</summary>
internal static class TerminalMonitor
{
    /// <summary>Wires it.</summary>
    /// <param name="envFile">An environment file, which then also holds the secrets; or null.</param>
    /// <param name="verbose">Log to standard error.</param>
    /// <exception cref="ConfigurationException">The configuration is wrong.</exception>
    /// <exception cref="UnusableFileException">The file is.</exception>
    public static ServiceProvider Build(string? envFile, bool verbose)
    {
        var file = envFile is null ? null : EnvFile.Read(envFile);
        var services = new ServiceCollection();
        var built = Configuration(new ConfigurationBuilder().AddEnvironmentVariables().Build(), file);
        if (file is not null)
        {
            services.AddSingleton<ISecretStore>(new EnvironmentSecretStore(file.Path, file.Variables));
        }
        else if (string.IsNullOrWhiteSpace(built["TokenMonitor:VaultUri"]))
        {
            services.AddSingleton<ISecretStore>(new EnvironmentSecretStore("the environment", Variables(Environment.GetEnvironmentVariables())));
        }

        services.AddLogging(logging => AddLogging(logging, verbose));
        try
        {
            services.AddTokenMonitor(built, MonitorHosting.Terminal);
        }
        catch (ConfigurationException e) when (file is not null)
        {
            throw file.InItsOwnWords(e);
        }

        return services.BuildServiceProvider();
    }

    public static ITokenMonitor Monitor(this IServiceProvider services) => services.GetRequiredService<ITokenMonitor>();

    public static IAlertWording Wording(this IServiceProvider services) => services.GetRequiredService<IAlertWording>();

    /// <summary>The environment's settings, and over them the file's. Where the file has tokens of its own, the environment's are others, whose secrets the file does not hold.</summary>
    internal static IConfiguration Configuration(IConfiguration environment, EnvFile? file) => file is null
        ? environment
        : new ConfigurationBuilder()
            .AddInMemoryCollection([new("TokenMonitor:StateFolder", file.StateFolder)])
            .AddInMemoryCollection(environment.AsEnumerable().Where(setting => setting.Value is not null && !(file.HasTokens && EnvFile.IsOfToken(setting.Key))))
            .AddConfiguration(file.ToConfiguration())
            .Build();

    // Standard output is for the answer, which may be JSON for another program to read.
    private static void AddLogging(ILoggingBuilder logging, bool verbose)
    {
        if (verbose)
        {
            logging.SetMinimumLevel(LogLevel.Debug);
            logging.AddSimpleConsole(console => console.SingleLine = true);
            logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
                options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        }
    }

    // Names can differ in case alone, as http_proxy and HTTP_PROXY do. Capitals come first in this order, and so are set last and count.
    internal static Dictionary<string, string> Variables(IDictionary environment)
    {
        var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in environment.Cast<DictionaryEntry>().OrderByDescending(entry => (string)entry.Key, StringComparer.Ordinal))
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return variables;
    }
}
