using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Notifications.Teams;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>The configuration, read and found right. There is no such thing as a half-valid one: see <see cref="SettingsReader"/>.</summary>
public sealed record MonitorSettings
{
    /// <summary>The vault that holds the secrets; null at a terminal that takes them from the environment.</summary>
    public Uri? VaultUri { get; init; }

    /// <summary>Where Graph is.</summary>
    public required GraphEndpoint Graph { get; init; }

    /// <summary>What to check.</summary>
    public required CheckSettings Check { get; init; }

    /// <summary>E-mail; null: not configured.</summary>
    public EmailSettings? Email { get; init; }

    /// <summary>Teams; null: not configured.</summary>
    public TeamsSettings? Teams { get; init; }

    /// <summary>When people are told again.</summary>
    public required IncidentSettings Incidents { get; init; }

    /// <summary>The blob container that remembers; null: a folder does, at a terminal.</summary>
    public Uri? StateContainerUri { get; init; }

    /// <summary>A connection string of the storage account that remembers, for local work; null: none.</summary>
    public string? StateConnectionString { get; init; }

    /// <summary>The folder that remembers, where no container is named.</summary>
    public required string StateFolder { get; init; }

    /// <summary>
    /// The folder that remembers where none is configured: one for each place that tokens come from, because two of them may call
    /// different tokens by one name, and what is remembered of the one must not be held against the other.
    /// </summary>
    /// <param name="source">The place: a vault's host, an environment file.</param>
    public static string StateFolderFor(string source) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "tokenmonitor", source);

    /// <summary>When the check runs, an NCRONTAB expression with seconds, in UTC; null at a terminal.</summary>
    public string? Schedule { get; init; }
}
