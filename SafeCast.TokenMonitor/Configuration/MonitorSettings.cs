using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Notifications.Teams;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>The validated configuration, created by <see cref="SettingsReader"/>.</summary>
public sealed record MonitorSettings
{
    /// <summary>The vault that holds the secrets; null on the command line, where they can come from the environment.</summary>
    public Uri? VaultUri { get; init; }

    /// <summary>The address and version of the Graph API.</summary>
    public required GraphEndpoint Graph { get; init; }

    /// <summary>The tokens to check, and how.</summary>
    public required CheckSettings Check { get; init; }

    /// <summary>E-mail; null: not configured.</summary>
    public EmailSettings? Email { get; init; }

    /// <summary>Teams; null: not configured.</summary>
    public TeamsSettings? Teams { get; init; }

    /// <summary>When reminders are sent.</summary>
    public required IncidentSettings Incidents { get; init; }

    /// <summary>The blob container for the state; null: the state is in <see cref="StateFolder"/> or behind <see cref="StateConnectionString"/>.</summary>
    public Uri? StateContainerUri { get; init; }

    /// <summary>The connection string of a storage account for the state, for local work; null: none.</summary>
    public string? StateConnectionString { get; init; }

    /// <summary>The folder for the state, used where neither a container nor a connection string is set.</summary>
    public required string StateFolder { get; init; }

    /// <summary>
    /// The default folder for the state. Each source of tokens has its own, because two sources can use the same name for different
    /// tokens, and their states must not be mixed.
    /// </summary>
    /// <param name="source">The source of the tokens: the host of a vault, or an environment file.</param>
    public static string StateFolderFor(string source) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "tokenmonitor", source);

    /// <summary>The schedule of the check: an NCRONTAB expression with seconds, in UTC; null on the command line.</summary>
    public string? Schedule { get; init; }
}
