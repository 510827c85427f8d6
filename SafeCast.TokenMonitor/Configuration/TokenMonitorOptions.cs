using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>
/// The settings of the monitor, bound to the section <c>TokenMonitor</c>. <c>docs/configuration.md</c> describes each of them, and
/// <see cref="TokenMonitorOptionsValidator"/> holds what is valid.
/// </summary>
public sealed class TokenMonitorOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string SectionName = "TokenMonitor";

    /// <summary>The setting that holds the schedule. Its name has no sections, so that the scale controller of Azure Functions resolves it too.</summary>
    public const string ScheduleKey = "TOKEN_MONITOR_SCHEDULE";

    /// <summary>The setting of the Functions host that holds the connection string of its storage account.</summary>
    public const string HostStorageKey = "AzureWebJobsStorage";

    /// <summary>The vault that holds the secrets; null on the command line, where they can come from the environment.</summary>
    public Uri? VaultUri { get; set; }

    /// <summary>The tokens to monitor, by name.</summary>
    public IDictionary<string, TokenOptions> Tokens { get; } = new Dictionary<string, TokenOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The maximum number of concurrent inspections, 1 to 64.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>The Graph API.</summary>
    public GraphOptions Graph { get; } = new();

    /// <summary>E-mail through SendGrid; null: not configured.</summary>
    public EmailOptions? Email { get; set; }

    /// <summary>Teams; null: not configured.</summary>
    public TeamsOptions? Teams { get; set; }

    /// <summary>The interval between reminders of a critical finding, and of a monitor that cannot check: 1 hour to 366 days.</summary>
    public TimeSpan RemindEvery { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The interval between reminders of warnings: 1 hour to 366 days.</summary>
    public TimeSpan RemindOfWarningsEvery { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The number of consecutive checks with an unknown result after which an alert is sent, 1 to 1000.</summary>
    public int UnknownAfter { get; set; } = 3;

    /// <summary>The blob container for the state; null: <see cref="StateConnectionString"/> or <see cref="StateFolder"/>.</summary>
    public Uri? StateContainerUri { get; set; }

    /// <summary>The folder for the state, used without a container and a connection string; null: a folder for each source of tokens.</summary>
    public string? StateFolder { get; set; }

    /// <summary>The connection string of a storage account for the state, from <see cref="HostStorageKey"/>. It is a secret.</summary>
    public string? StateConnectionString { get; internal set; }

    /// <summary>The schedule of the check, from <see cref="ScheduleKey"/>: an NCRONTAB expression with seconds, in UTC; null on the command line.</summary>
    public string? Schedule { get; internal set; }

    /// <summary>The name of the monitor in alerts: the function app or the machine.</summary>
    public string MonitorName { get; internal set; } = $"tokenmonitor on {Environment.MachineName}";

    /// <summary>
    /// The default folder for the state. Each source of tokens has its own, because two sources can use the same name for different
    /// tokens, and their states must not be mixed.
    /// </summary>
    /// <param name="source">The source of the tokens: the host of a vault, or an environment file.</param>
    public static string StateFolderFor(string source) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "tokenmonitor", source);
}

/// <summary>One token and its expected properties.</summary>
public sealed class TokenOptions
{
    /// <summary>The name of the secret that contains the token.</summary>
    public string SecretName { get; set; } = "whatsapp-system-user-token";

    /// <summary>The id of the Meta app that the token must belong to.</summary>
    public string? AppId { get; set; }

    /// <summary>The name of the secret that contains the app secret.</summary>
    public string? AppSecretName { get; set; }

    /// <summary>The id of the WhatsApp Business account.</summary>
    public string? BusinessAccountId { get; set; }

    /// <summary>The id of the phone number.</summary>
    public string? PhoneNumberId { get; set; }

    /// <summary>The id of the business portfolio that must own the account.</summary>
    public string? BusinessPortfolioId { get; set; }

    /// <summary>The scopes that the token must have; empty: <see cref="TokenExpectation.DefaultScopes"/>.</summary>
    public IList<string> RequiredScopes { get; } = [];

    /// <summary>Whether the token may expire.</summary>
    public ExpiryPolicy Expiry { get; set; } = ExpiryPolicy.Never;

    /// <summary>The ids of findings to ignore.</summary>
    public IList<string> Ignore { get; } = [];
}

/// <summary>The Graph API.</summary>
public sealed class GraphOptions
{
    /// <summary>The address, without the version.</summary>
    public Uri BaseUrl { get; set; } = new("https://graph.facebook.com");

    /// <summary>The version, such as <c>v26.0</c>.</summary>
    public string Version { get; set; } = "v26.0";
}

/// <summary>E-mail through SendGrid.</summary>
public sealed class EmailOptions
{
    /// <summary>A sender that is verified in SendGrid.</summary>
    public string? From { get; set; }

    /// <summary>The recipients.</summary>
    public IList<string> To { get; } = [];

    /// <summary>The address for replies; null: <see cref="From"/>.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>The name of the secret that contains the API key.</summary>
    public string? ApiKeySecretName { get; set; }

    /// <summary>The address of SendGrid: the global or the EU address.</summary>
    public Uri BaseUrl { get; set; } = new("https://api.sendgrid.com");
}

/// <summary>Teams, through a workflow.</summary>
public sealed class TeamsOptions
{
    /// <summary>The name of the secret that contains the URL of a Workflows webhook.</summary>
    public string? WebhookUrlSecretName { get; set; }
}
