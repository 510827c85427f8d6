using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SafeCast.TokenMonitor.Cli.EnvFiles;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Cli;

/// <summary>Composes the monitor for the command line: configured by the environment or an environment file, with the vault if one is configured.</summary>
internal static class TerminalMonitor
{
    /// <summary>Builds the services.</summary>
    /// <param name="envFile">The environment file, which then also contains the secrets; null: none.</param>
    /// <param name="verbose">Log to standard error.</param>
    /// <exception cref="OptionsValidationException">The configuration is invalid.</exception>
    /// <exception cref="UnusableFileException">The file cannot be used.</exception>
    public static ServiceProvider Build(string? envFile, bool verbose)
    {
        var file = envFile is null ? null : EnvFile.Read(envFile);
        var services = new ServiceCollection();
        var built = Configuration(new ConfigurationBuilder().AddEnvironmentVariables().Build(), file);
        if (file is not null)
        {
            services.AddSingleton<ISecretStore>(new EnvironmentSecretStore(file.Path, file.Variables, file.SetTwice));
            foreach (var warning in file.Warnings)
            {
                Console.Error.WriteLine($"Warning: {warning}");
            }
        }
        else if (string.IsNullOrWhiteSpace(built["TokenMonitor:VaultUri"]))
        {
            services.AddSingleton<ISecretStore>(new EnvironmentSecretStore("the environment", Variables(Environment.GetEnvironmentVariables())));
        }

        services.AddLogging(logging => AddLogging(logging, verbose));
        services.AddTokenMonitor(built, MonitorHosting.Terminal, file is null ? null : file.NameOf);
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider;
    }

    public static ITokenMonitor Monitor(this IServiceProvider services) => services.GetRequiredService<ITokenMonitor>();

    public static IAlertWording Wording(this IServiceProvider services) => services.GetRequiredService<IAlertWording>();

    /// <summary>
    /// Combines the settings of the environment and the file; those of the file win. If the file configures tokens, those of the environment
    /// are left out, because the file does not contain their secrets.
    /// </summary>
    internal static IConfiguration Configuration(IConfiguration environment, EnvFile? file) => file is null
        ? environment
        : new ConfigurationBuilder()
            .AddInMemoryCollection([new("TokenMonitor:StateFolder", file.StateFolder)])
            .AddInMemoryCollection(environment.AsEnumerable().Where(setting => setting.Value is not null && !(file.HasTokens && EnvFile.IsOfToken(setting.Key))))
            .AddConfiguration(file.ToConfiguration())
            .Build();

    // Standard output is for the result, which may be JSON for another program.
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

    // Names may differ only in case, like http_proxy and HTTP_PROXY. Upper case comes last in this order, so it wins.
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
