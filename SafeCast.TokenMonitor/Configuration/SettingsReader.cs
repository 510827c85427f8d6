using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using NCrontab;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Notifications.Teams;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>Reads the configuration into settings, or says everything that is wrong with it at once.</summary>
public static partial class SettingsReader
{
    /// <summary>The setting that holds the schedule. A flat name, so that the platform's scaler resolves it too.</summary>
    public const string ScheduleKey = "TOKEN_MONITOR_SCHEDULE";

    private const string Root = "TokenMonitor";
    private const string Tokens = $"{Root}:Tokens";
    private const string StateContainer = $"{Root}:StateContainerUri";
    private const string StateContainerExample = "https://contosomonitor.blob.core.windows.net/token-monitor-state";
    private const string DefaultSchedule = "0 7 * * * *";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ConfigurationException">The configuration is wrong or incomplete.</exception>
    public static MonitorSettings Read(IConfiguration configuration, MonitorHosting hosting)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        var source = new ConfigurationSource(configuration);
        var settings = Read(source, configuration, hosting);
        source.RefuseUnknown(Root);
        return source.Faults is { Count: > 0 } faults ? throw new ConfigurationException(faults) : settings;
    }

    /// <summary>Reads the settings and leaves what is wrong with the source.</summary>
    internal static MonitorSettings Read(ConfigurationSource source, IConfiguration configuration, MonitorHosting hosting)
    {
        var vault = VaultUri(source, hosting);
        var settings = new MonitorSettings
        {
            VaultUri = vault,
            Graph = Graph(source),
            Check = new CheckSettings(
                MonitorName(configuration),
                MonitoredTokens(source),
                source.Integer($"{Root}:Concurrency", otherwise: 8, from: 1, to: 64)),
            Email = Email(source),
            Teams = Teams(source),
            Incidents = Incidents(source),
            StateContainerUri = source.Address(StateContainer, StateContainerExample),
            StateConnectionString = source.Has(StateContainer) ? null : ConnectionString(source),
            StateFolder = source.Text($"{Root}:StateFolder") ?? MonitorSettings.StateFolderFor(vault?.Authority.Replace(':', '_') ?? "environment"),
            Schedule = Schedule(source, hosting),
        };
        if (hosting is MonitorHosting.Unattended && !source.Has($"{Root}:Email") && !source.Has($"{Root}:Teams"))
        {
            source.Fault($"{Root}:Email:To:0", "is missing, and so is Teams: nobody would ever hear of anything.", "oncall@contoso.com");
        }

        if (hosting is MonitorHosting.Unattended && settings is { StateContainerUri: null, StateConnectionString: null } && !source.Has(StateContainer))
        {
            source.Fault(
                StateContainer, "is missing: without a blob container that remembers, everything would be told again every hour.", StateContainerExample);
        }

        return settings with { Check = settings.Check with { Warnings = source.Warnings } };
    }

    private static IncidentSettings Incidents(ConfigurationSource source) => new()
    {
        RemindEvery = source.Duration($"{Root}:RemindEvery", TimeSpan.FromHours(24)),
        RemindOfWarningsEvery = source.Duration($"{Root}:RemindOfWarningsEvery", TimeSpan.FromDays(7)),
        UnknownAfter = source.Integer(source.Renamed($"{Root}:UnknownAfter", $"{Root}:BlindAfter"), otherwise: 3, from: 1, to: 1000),
    };

    // The host's own storage will do for local work, where it is named by a connection string. It is a secret, and goes nowhere else.
    private static string? ConnectionString(ConfigurationSource source)
    {
        const string Key = "AzureWebJobsStorage";
        if (source.Text(Key) is not { } connection || connection.Contains("AccountName=", StringComparison.OrdinalIgnoreCase) || connection == "UseDevelopmentStorage=true")
        {
            return source.Text(Key);
        }

        source.Fault(Key, "is not the connection string of a storage account.", "UseDevelopmentStorage=true");
        return null;
    }

    private static string MonitorName(IConfiguration configuration) =>
        configuration["WEBSITE_SITE_NAME"] is { Length: > 0 } site ? $"function app {site}" : $"tokenmonitor on {Environment.MachineName}";

    private static Uri? VaultUri(ConfigurationSource source, MonitorHosting hosting)
    {
        const string Path = $"{Root}:VaultUri";
        const string Example = "https://contoso-whatsapp.vault.azure.net/";
        var url = source.Address(Path, Example);
        if (url is not null && url.Scheme != Uri.UriSchemeHttps)
        {
            source.Fault(Path, "is not an https:// address: Key Vault takes no other.", Example);
        }

        if (url is not null && url.AbsolutePath != "/")
        {
            source.Fault(Path, "goes on behind the vault's name: only the vault belongs here, not one of its secrets.", Example);
        }

        if (hosting is MonitorHosting.Unattended)
        {
            source.Required(Path, url?.AbsoluteUri, "is missing: it names the vault that holds the token.", Example);
        }

        return url;
    }

    private static GraphEndpoint Graph(ConfigurationSource source) => new(
        source.Address($"{Root}:Graph:BaseUrl", "https://graph.facebook.com") ?? new Uri("https://graph.facebook.com"),
        source.Text($"{Root}:Graph:Version", GraphVersion(), "is not a Graph version.", "v26.0") ?? "v26.0");

    private static List<MonitoredToken> MonitoredTokens(ConfigurationSource source)
    {
        var names = source.Names(Tokens);
        if (names.Count == 0)
        {
            source.Fault($"{Tokens}:production:SecretName", "is missing: no token is configured.", "whatsapp-system-user-token");
        }

        return [.. names.Select(name => MonitoredToken(source, name))];
    }

    private static MonitoredToken MonitoredToken(ConfigurationSource source, string name)
    {
        var path = $"{Tokens}:{name}";
        if (!TokenName().IsMatch(name))
        {
            source.Fault(path, "is not a name for a token: a letter, then letters, digits, - and _, 32 at most.", $"{Tokens}:production");
        }

        if (source.Text(path) is not null)
        {
            source.Fault(path, "has no value of its own, only settings below it.", "production__SecretName=whatsapp-system-user-token");
        }

        var appId = source.Id($"{path}:AppId", "an app id");
        var appSecret = source.SecretName($"{path}:AppSecretName", "whatsapp-app-secret");
        if (appSecret is not null)
        {
            source.Required($"{path}:AppId", appId, "is missing: AppSecretName is set, and an app's secret is of no use without its id.", "123456789012345");
        }

        var account = source.Id($"{path}:BusinessAccountId", "a WhatsApp business account's id");
        var phone = source.Id($"{path}:PhoneNumberId", "a phone number's id (which is not the number itself)");
        if (account is not null && account == phone)
        {
            source.Fault($"{path}:PhoneNumberId", "is the same as BusinessAccountId; WhatsApp Manager shows both ids, side by side.", "106540352242922");
        }

        return new MonitoredToken(
            new TokenExpectation
            {
                Name = name,
                SecretName = source.SecretName($"{path}:SecretName", "whatsapp-system-user-token") ?? "whatsapp-system-user-token",
                AppId = appId,
                AppSecretName = appSecret,
                BusinessAccountId = account,
                PhoneNumberId = phone,
                BusinessPortfolioId = Portfolio(source, path, account),
                RequiredScopes = Scopes(source, $"{path}:RequiredScopes"),
                Expiry = source.OneOf($"{path}:Expiry", ExpiryPolicy.Never),
            },
            Accepted(source, $"{path}:Ignore"));
    }

    private static string? Portfolio(ConfigurationSource source, string path, string? account)
    {
        var portfolio = source.Id($"{path}:BusinessPortfolioId", "a business portfolio's id");
        if (portfolio is not null)
        {
            source.Required($"{path}:BusinessAccountId", account, "is missing: BusinessPortfolioId is set, and it is the account whose owner is checked.", "102290129340398");
        }

        return portfolio;
    }

    private static IReadOnlyList<string> Scopes(ConfigurationSource source, string path)
    {
        const string Example = "whatsapp_business_messaging";
        var scopes = source.List(path, Example);
        foreach (var (item, scope) in scopes)
        {
            if (!Scope().IsMatch(scope))
            {
                source.Fault(item, "is not a scope's name.", Example);
            }
        }

        return scopes.Count > 0 ? [.. scopes.Select(scope => scope.Value).Distinct(StringComparer.Ordinal)] : TokenExpectation.DefaultScopes;
    }

    private static IReadOnlyList<string> Accepted(ConfigurationSource source, string path)
    {
        const string Example = "token-expires";
        var ids = source.List(path, Example);
        foreach (var (item, id) in ids)
        {
            if (FindingCatalogue.Find(id) is null)
            {
                source.Fault(item, "is not the id of a finding. See the table of findings in the README.", Example);
            }
        }

        return [.. ids.Select(id => id.Value)];
    }

    private static EmailSettings? Email(ConfigurationSource source)
    {
        const string Path = $"{Root}:Email";
        if (!source.Has(Path))
        {
            return null;
        }

        const string Address = "oncall@contoso.com";
        const string Sender = "token-monitor@contoso.com";
        var from = source.Required($"{Path}:From", source.Text($"{Path}:From"), "is missing: e-mail needs a sender that SendGrid has verified.", Sender);
        if (from is not null)
        {
            from = source.MailAddress($"{Path}:From", from, Sender);
        }

        var to = source.List($"{Path}:To", Address);
        if (to.Count == 0)
        {
            source.Fault($"{Path}:To:0", "is missing: e-mail needs somebody to go to.", Address);
        }

        var recipients = to.Select(item => source.MailAddress(item.Path, item.Value, Address)).OfType<string>();
        var apiKey = source.SecretName($"{Path}:ApiKeySecretName", "sendgrid-api-key");
        source.Required($"{Path}:ApiKeySecretName", apiKey, "is missing: it names the secret that holds the SendGrid API key.", "sendgrid-api-key");

        // SendGrid refuses an address that comes twice, whatever its case.
        return new EmailSettings(
            from ?? "",
            [.. recipients.Distinct(StringComparer.OrdinalIgnoreCase)],
            apiKey ?? "",
            source.Address($"{Path}:BaseUrl", "https://api.eu.sendgrid.com") ?? new Uri("https://api.sendgrid.com"));
    }

    private static TeamsSettings? Teams(ConfigurationSource source)
    {
        const string Path = $"{Root}:Teams";
        if (!source.Has(Path))
        {
            return null;
        }

        const string Key = $"{Path}:WebhookUrlSecretName";
        const string Example = "teams-webhook-url";
        var name = source.SecretName(Key, Example);
        source.Required(Key, name, "is missing: it names the secret that holds the URL of a Teams workflow.", Example);
        return new TeamsSettings(name ?? "");
    }

    private static string? Schedule(ConfigurationSource source, MonitorHosting hosting)
    {
        var schedule = source.Text(ScheduleKey);
        if (schedule is null)
        {
            // The host resolves the name by itself and knows no default: without it the timer would silently never start.
            if (hosting is MonitorHosting.Unattended)
            {
                source.Fault(ScheduleKey, "is missing: it says when the check runs.", DefaultSchedule);
            }

            return null;
        }

        if (CrontabSchedule.TryParse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) is null)
        {
            source.Fault(ScheduleKey, "is not an NCRONTAB expression of six fields, the first of them seconds.", DefaultSchedule);
        }

        return schedule;
    }

    [GeneratedRegex(@"^v\d{1,3}\.\d{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex GraphVersion();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex TokenName();

    // Scopes stand in alerts: an app secret, which is 32 hex digits, must not pass for one.
    [GeneratedRegex("^(?![0-9a-f]{32,}$)[a-z][a-z0-9_]{2,79}$", RegexOptions.CultureInvariant)]
    private static partial Regex Scope();
}
