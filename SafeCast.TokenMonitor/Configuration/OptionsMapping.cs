using SafeCast.TokenMonitor.Http;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Notifications.Teams;
using SafeCast.TokenMonitor.Setup;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>Maps valid options to the settings of each part of the monitor.</summary>
internal static class OptionsMapping
{
    public static CheckSettings ToCheckSettings(this TokenMonitorOptions options, IReadOnlyList<string> warnings) => new(
        options.MonitorName,
        [.. options.Tokens.Select(token => new MonitoredToken(Expectation(token.Key, token.Value), [.. token.Value.Ignore]))],
        options.Concurrency)
    {
        Warnings = warnings,
    };

    public static GraphEndpoint ToGraphEndpoint(this GraphOptions graph) => new(graph.BaseUrl, graph.Version);

    // SendGrid rejects duplicate addresses, and ignores case when it compares them.
    public static EmailSettings ToEmailSettings(this EmailOptions email) =>
        new(email.From!, [.. email.To.Distinct(StringComparer.OrdinalIgnoreCase)], email.ApiKeySecretName!, email.BaseUrl, email.ReplyTo);

    public static TeamsSettings ToTeamsSettings(this TeamsOptions teams) => new(teams.WebhookUrlSecretName!);

    public static IncidentSettings ToIncidentSettings(this TokenMonitorOptions options, IEnumerable<string> channels) => new()
    {
        RemindEvery = options.RemindEvery,
        RemindOfWarningsEvery = options.RemindOfWarningsEvery,
        UnknownAfter = options.UnknownAfter,
        Channels = [.. channels],
    };

    public static DiagnosticsSettings ToDiagnosticsSettings(this TokenMonitorOptions options) =>
        new(options.Schedule, ChannelKeys(options), options.Graph.Version);

    public static MonitoredSecrets ToMonitoredSecrets(this TokenMonitorOptions options) => new(
        options.Tokens.Values.SelectMany(token => new[] { token.SecretName, token.AppSecretName })
            .Concat(ChannelKeys(options).Values)
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase),
        options.VaultUri is { HostNameType: UriHostNameType.Dns } vault && !vault.IsLoopbackHost() ? vault.Host.Split('.')[0] : null);

    public static string ToStateFolder(this TokenMonitorOptions options) =>
        options.StateFolder ?? TokenMonitorOptions.StateFolderFor(options.VaultUri?.Authority.Replace(':', '_') ?? "environment");

    private static Dictionary<string, string> ChannelKeys(TokenMonitorOptions options)
    {
        var keys = new Dictionary<string, string>();
        if (options.Email is { } email)
        {
            keys[EmailChannel.ChannelName] = email.ApiKeySecretName!;
        }

        if (options.Teams is { } teams)
        {
            keys[TeamsChannel.ChannelName] = teams.WebhookUrlSecretName!;
        }

        return keys;
    }

    private static TokenExpectation Expectation(string name, TokenOptions token) => new()
    {
        Name = name,
        SecretName = token.SecretName,
        AppId = token.AppId,
        AppSecretName = token.AppSecretName,
        BusinessAccountId = token.BusinessAccountId,
        PhoneNumberId = token.PhoneNumberId,
        BusinessPortfolioId = token.BusinessPortfolioId,
        RequiredScopes = token.RequiredScopes.Count > 0 ? [.. token.RequiredScopes.Distinct(StringComparer.Ordinal)] : TokenExpectation.DefaultScopes,
        Expiry = token.Expiry,
    };
}
