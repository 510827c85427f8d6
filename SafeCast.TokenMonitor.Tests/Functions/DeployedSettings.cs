using System.Globalization;
using System.Text;
using SafeCast.TokenMonitor.Tests.Infrastructure;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Functions;

/// <summary>The app settings that the Bicep writes, with the simulators' ids and addresses in place of the deployment's.</summary>
internal static class DeployedSettings
{
    public const string StateContainer = "token-monitor-state";

    /// <summary>The app settings by name, with <c>__</c> between the parts.</summary>
    public static Dictionary<string, string> For(SimulatedMonitor simulated)
    {
        var settings = Deployment.Of("everything").AppSettings()
            .Where(setting => !setting.Key.StartsWith("TokenMonitor__Tokens__", StringComparison.Ordinal))
            .ToDictionary();
        foreach (var (key, value) in simulated.Settings)
        {
            settings[key.Replace(":", "__", StringComparison.Ordinal)] = value!;
        }

        settings["TokenMonitor__StateContainerUri"] = simulated.Simulation.Blobs.ContainerUri(StateContainer).AbsoluteUri;
        settings.Remove("APPLICATIONINSIGHTS_CONNECTION_STRING");
        return settings;
    }

    /// <summary>A message that Event Grid puts into the queue when the token's secret gets a new version.</summary>
    public static string NewVersionMessage(TimeProvider time)
    {
        const string Event = """
            {"specversion":"1.0","id":"e1","source":"/subscriptions/s","type":"Microsoft.KeyVault.SecretNewVersionCreated","time":"TIME",
             "data":{"VaultName":"127","ObjectType":"Secret","ObjectName":"whatsapp-system-user-token","Version":"v2"}}
            """;
        var json = Event.Replace("TIME", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(json));
    }
}
