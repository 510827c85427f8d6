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

/// <summary>Maps the configuration to settings, or throws with every error in it at once.</summary>
public static partial class SettingsReader
{
    /// <summary>The setting that holds the schedule. Its name has no sections, so that the scale controller of Azure Functions resolves it too.</summary>
    public const string ScheduleKey = "TOKEN_MONITOR_SCHEDULE";

    private const string Root = "TokenMonitor";
    private const string Tokens = $"{Root}:Tokens";
    private const string StateContainer = $"{Root}:StateContainerUri";
    private const string StateContainerExample = "https://contosomonitor.blob.core.windows.net/token-monitor-state";
    private const string DefaultSchedule = "0 7 * * * *";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ConfigurationException">The configuration is invalid or incomplete.</exception>
    public static MonitorSettings Read(IConfiguration configuration, MonitorHosting hosting)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        var source = new ConfigurationSource(configuration);
        var settings = Read(source, configuration, hosting);
        source.RejectUnknown(Root);
        return source.Errors is { Count: > 0 } errors ? throw new ConfigurationException(errors) : settings;
    }

    /// <summary>Reads the settings; errors are collected in the source.</summary>
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
            source.AddError($"{Root}:Email:To:0", "is missing, and no Teams channel is configured: configure at least one channel, or no alert is ever sent.", "oncall@contoso.com");
        }

        if (hosting is MonitorHosting.Unattended && settings is { StateContainerUri: null, StateConnectionString: null } && !source.Has(StateContainer))
        {
            source.AddError(
                StateContainer, "is missing: without a blob container for its state, the monitor would send every alert again each hour.", StateContainerExample);
        }

        return settings with { Check = settings.Check with { Warnings = source.Warnings } };
    }

    private static IncidentSettings Incidents(ConfigurationSource source) => new()
    {
        RemindEvery = source.Duration($"{Root}:RemindEvery", TimeSpan.FromHours(24)),
        RemindOfWarningsEvery = source.Duration($"{Root}:RemindOfWarningsEvery", TimeSpan.FromDays(7)),
        UnknownAfter = source.Integer(source.Renamed($"{Root}:UnknownAfter", $"{Root}:BlindAfter"), otherwise: 3, from: 1, to: 1000),
    };

    // For local work, the storage account of the Functions host also stores the state. The connection string is a secret: it is passed to the storage client only.
    private static string? ConnectionString(ConfigurationSource source)
    {
        const string Key = "AzureWebJobsStorage";
        if (source.Text(Key) is not { } connection || connection.Contains("AccountName=", StringComparison.OrdinalIgnoreCase) || connection == "UseDevelopmentStorage=true")
        {
            return source.Text(Key);
        }

        source.AddError(Key, "is not the connection string of a storage account.", "UseDevelopmentStorage=true");
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
            source.AddError(Path, "is not an https:// address: Key Vault accepts no other.", Example);
        }

        if (url is not null && url.AbsolutePath != "/")
        {
            source.AddError(Path, "has a path after the host: set the address of the vault, not of one of its secrets.", Example);
        }

        if (hosting is MonitorHosting.Unattended)
        {
            source.Required(Path, url?.AbsoluteUri, "is missing: it is the address of the vault that holds the token.", Example);
        }

        return url;
    }

    private static GraphEndpoint Graph(ConfigurationSource source) => new(
        source.Address($"{Root}:Graph:BaseUrl", "https://graph.facebook.com") ?? new Uri("https://graph.facebook.com"),
        source.Text($"{Root}:Graph:Version", GraphVersion(), "is not a Graph API version.", "v26.0") ?? "v26.0");

    private static List<MonitoredToken> MonitoredTokens(ConfigurationSource source)
    {
        var names = source.Names(Tokens);
        if (names.Count == 0)
        {
            source.AddError($"{Tokens}:production:SecretName", "is missing: configure at least one token.", "whatsapp-system-user-token");
        }

        return [.. names.Select(name => MonitoredToken(source, name))];
    }

    private static MonitoredToken MonitoredToken(ConfigurationSource source, string name)
    {
        var path = $"{Tokens}:{name}";
        if (!TokenName().IsMatch(name))
        {
            source.AddError(path, "is not a valid token name: use a letter, then letters, digits, - and _, at most 32 characters.", $"{Tokens}:production");
        }

        if (source.Text(path) is not null)
        {
            source.AddError(path, "has a value, but only the settings below it may have one.", "production__SecretName=whatsapp-system-user-token");
        }

        var appId = source.Id($"{path}:AppId", "an app id");
        var appSecret = source.SecretName($"{path}:AppSecretName", "whatsapp-app-secret");
        if (appSecret is not null)
        {
            source.Required($"{path}:AppId", appId, "is missing: AppSecretName is set, and an app secret can only be used together with the app id.", "123456789012345");
        }

        var account = source.Id($"{path}:BusinessAccountId", "a WhatsApp Business account id");
        var phone = source.Id($"{path}:PhoneNumberId", "a phone number id");
        if (account is not null && account == phone)
        {
            source.AddError($"{path}:PhoneNumberId", "is the same as BusinessAccountId: one of the two is wrong. WhatsApp Manager > API setup shows both ids.", "106540352242922");
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
        var portfolio = source.Id($"{path}:BusinessPortfolioId", "a business portfolio id");
        if (portfolio is not null)
        {
            source.Required($"{path}:BusinessAccountId", account, "is missing: BusinessPortfolioId is set, and the monitor compares it with the owner of this account.", "102290129340398");
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
                source.AddError(item, "is not the name of a scope.", Example);
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
                source.AddError(item, "is not the id of a finding: see the table of findings in README.md.", Example);
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
        var from = source.Required($"{Path}:From", source.Text($"{Path}:From"), "is missing: set a sender address that SendGrid has verified.", Sender);
        if (from is not null)
        {
            from = source.MailAddress($"{Path}:From", from, Sender);
        }

        var to = source.List($"{Path}:To", Address);
        if (to.Count == 0)
        {
            source.AddError($"{Path}:To:0", "is missing: set at least one recipient.", Address);
        }

        var recipients = to.Select(item => source.MailAddress(item.Path, item.Value, Address)).OfType<string>();
        var apiKey = source.SecretName($"{Path}:ApiKeySecretName", "sendgrid-api-key");
        source.Required($"{Path}:ApiKeySecretName", apiKey, "is missing: set the name of the secret that holds the SendGrid API key.", "sendgrid-api-key");

        // SendGrid rejects duplicate addresses, and ignores case when it compares them.
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
        source.Required(Key, name, "is missing: set the name of the secret that holds the URL of the Teams workflow.", Example);
        return new TeamsSettings(name ?? "");
    }

    private static string? Schedule(ConfigurationSource source, MonitorHosting hosting)
    {
        var schedule = source.Text(ScheduleKey);
        if (schedule is null)
        {
            // The Functions host resolves this setting itself and has no default: without it the timer never starts, and no error says so.
            if (hosting is MonitorHosting.Unattended)
            {
                source.AddError(ScheduleKey, "is missing: set the schedule of the check.", DefaultSchedule);
            }

            return null;
        }

        if (CrontabSchedule.TryParse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) is null)
        {
            source.AddError(ScheduleKey, "is not an NCRONTAB expression with six fields (the first is seconds).", DefaultSchedule);
        }

        return schedule;
    }

    [GeneratedRegex(@"^v\d{1,3}\.\d{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex GraphVersion();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex TokenName();

    // Alerts show scopes, so a value that looks like an app secret (32 hexadecimal digits) is rejected.
    [GeneratedRegex("^(?![0-9a-f]{32,}$)[a-z][a-z0-9_]{2,79}$", RegexOptions.CultureInvariant)]
    private static partial Regex Scope();
}
