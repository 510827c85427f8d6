using System.Security.Cryptography;
using System.Text;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks;

/// <summary>Every secret of a simulated set-up.</summary>
internal static class SecretsOf
{
    public static IReadOnlyList<KnownSecret> All(SimulatedMonitor monitor)
    {
        var stored = (string[])[SimulatedSetup.TokenSecret, SimulatedSetup.AppSecret, SimulatedSetup.ApiKeySecret];
        return
        [
            KnownSecret.Of("the token", monitor.World.Token.Value),
            KnownSecret.Of("the app secret", monitor.World.App.Secret),
            KnownSecret.Of("the app access token", monitor.World.App.Credential),
            KnownSecret.Of("the proof", Proof(monitor)),
            KnownSecret.Of("the SendGrid key", monitor.Simulation.SendGrid.ApiKey),
            KnownSecret.OfUrl("the webhook URL", monitor.Simulation.Teams.WebhookUrl),

            // Other stored values, such as a password in the wrong place, must not leak either.
            .. from name in stored
               from version in monitor.Simulation.Vault.Versions(name)
               select KnownSecret.Of($"a value of the secret {name}", version.Value.Trim()),
            .. from version in monitor.Simulation.Vault.Versions(SimulatedSetup.WebhookUrlSecret)
               select KnownSecret.OfUrl("a value of the webhook URL", version.Value),
        ];
    }

    /// <summary>A text as Graph could write it, with all that the monitor sent it.</summary>
    public static string Quote(SimulatedMonitor monitor) =>
        $"Bad {Proof(monitor)} in GET /debug_token?input_token={monitor.World.Token.Value}&appsecret_proof={Proof(monitor)} "
        + $"by {monitor.World.App.Credential} with {monitor.World.App.Secret} for {monitor.World.Token.Value}.";

    public static string Proof(SimulatedMonitor monitor) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(monitor.World.App.Secret), Encoding.UTF8.GetBytes(monitor.World.Token.Value)));
}
