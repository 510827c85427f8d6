using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.SendGrid;
using SafeCast.TokenMonitor.Simulator.Teams;
using SafeCast.TokenMonitor.Simulator.Vault;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;

/// <summary>What keeps a channel from sending.</summary>
internal static class ChannelFailures
{
    private const int Impatient = 20;

    /// <summary>A connector's URL: retired by Microsoft, and still a credential.</summary>
    public const string ConnectorUrl =
        "https://contoso.webhook.office.com/webhookb2/11111111-2222-3333-4444-555555555555@66666666-7777-8888-9999-000000000000/IncomingWebhook/0a1b2c3d4e5f60718293a4b5c6d7e8f9/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    public static IReadOnlyDictionary<string, Action<SimulatedMonitor>> OfMail { get; } = new Dictionary<string, Action<SimulatedMonitor>>
    {
        ["SendGrid does not know the key"] = m => m.Simulation.SendGrid.RevokeKey(m.Simulation.SendGrid.ApiKey),
        ["SendGrid's trial is over"] = Mail(SendGridFault.CreditsExceeded()),
        ["SendGrid rejected the mail"] = Mail(SendGridFault.Forbidden()),
        ["SendGrid finds it too large"] = Mail(SendGridFault.TooLarge()),
        ["SendGrid is asked too often"] = Mail(SendGridFault.TooManyRequests()),
        ["SendGrid is asked too often, and says when to come back"] = Mail(SendGridFault.TooManyRequests(TimeSpan.FromSeconds(1))),
        ["SendGrid is down"] = Mail(SendGridFault.ServerError()),
        ["SendGrid is down (503)"] = Mail(SendGridFault.ServerError(503)),
        ["SendGrid takes it and the mail is not delivered"] = Mail(Fault.Answer(200)),
        ["SendGrid redirects"] = Mail(Fault.Redirect("https://status.sendgrid.com")),
        ["SendGrid's proxy answers"] = Mail(Fault.Html()),
        ["SendGrid refuses in words that cannot be read"] = Mail(Fault.Answer(400, """{"errors":[{"message":{}}]}""")),
        ["SendGrid refuses in half a character"] = Mail(Fault.Answer(400, """{"errors":[{"message":"\ud800"}]}""")),
        ["SendGrid resets the connection"] = Mail(Fault.Reset()),
        ["SendGrid stalls"] = Mail(Fault.Stall(), Impatient),
        ["SendGrid resets the connection within its error response"] = Mail(Fault.ResetWithinBody("""{"errors":[""", 400)),
        ["SendGrid has not verified the sender"] = m => m.Simulation.SendGrid.VerifiedSenders = ["somebody@else.example"],
        ["nobody listens at SendGrid's address"] = m => m.Settings["TokenMonitor:Email:BaseUrl"] = "http://127.0.0.1:1",
        ["the key is missing"] = m => m.Simulation.Vault.Delete(SimulatedSetup.ApiKeySecret),
        ["the key is disabled"] = m => m.Simulation.Vault.Disable(SimulatedSetup.ApiKeySecret),
        ["the key was pasted in quotes"] = m => m.Simulation.Vault.Set(SimulatedSetup.ApiKeySecret, $"\"{m.Simulation.SendGrid.ApiKey}\""),
        ["the vault holds the key back"] = m => m.Simulation.Vault.Script(call => call.Name == SimulatedSetup.ApiKeySecret, VaultFault.Unavailable()),
    };

    public static IReadOnlyDictionary<string, Action<SimulatedMonitor>> OfTeams { get; } = new Dictionary<string, Action<SimulatedMonitor>>
    {
        ["the workflow requires a signed-in user"] = Teams(TeamsFault.SignInRequired()),
        ["the workflow forbids it"] = Teams(TeamsFault.Forbidden()),
        ["the workflow was deleted"] = Teams(TeamsFault.FlowDeleted()),
        ["the workflow was switched off"] = Teams(TeamsFault.FlowDisabled()),
        ["the workflow's address is retired"] = Teams(TeamsFault.Gone()),
        ["the workflow is asked too often"] = Teams(TeamsFault.TooManyRequests()),
        ["the workflow is asked too often, and says when to come back"] = Teams(TeamsFault.TooManyRequests(TimeSpan.FromSeconds(1))),
        ["the workflow does not answer its gateway"] = Teams(TeamsFault.NoResponse()),
        ["the workflow's proxy answers"] = Teams(Fault.Html()),
        ["the workflow redirects"] = Teams(Fault.Redirect("https://login.microsoftonline.com/")),
        ["the workflow resets the connection"] = Teams(Fault.Reset()),
        ["the workflow stalls"] = Teams(Fault.Stall(), Impatient),
        ["nobody listens at the workflow's address"] = m =>
            m.Simulation.Vault.Set(SimulatedSetup.WebhookUrlSecret, m.Simulation.Teams.WebhookUrl.Replace(m.Simulation.Teams.BaseUrl.Authority, "127.0.0.1:1", StringComparison.Ordinal)),
        ["the signature is another's"] = m => m.Simulation.Vault.Set(SimulatedSetup.WebhookUrlSecret, m.Simulation.Teams.WebhookUrl + "x"),
        ["the URL is missing"] = m => m.Simulation.Vault.Delete(SimulatedSetup.WebhookUrlSecret),
        ["the URL is disabled"] = m => m.Simulation.Vault.Disable(SimulatedSetup.WebhookUrlSecret),
        ["the URL is a retired connector's"] = m => m.Simulation.Vault.Set(SimulatedSetup.WebhookUrlSecret, ConnectorUrl),
        ["the URL is no URL"] = m => m.Simulation.Vault.Set(SimulatedSetup.WebhookUrlSecret, "powerautomate"),
        ["the URL is not encrypted"] = m => m.Simulation.Vault.Set(SimulatedSetup.WebhookUrlSecret, "http://flows.example/invoke?sig=0123456789abcdef"),
        ["the vault refuses the URL"] = m => m.Simulation.Vault.Script(call => call.Name == SimulatedSetup.WebhookUrlSecret, VaultFault.ForbiddenByFirewall()),
    };

    private static Action<SimulatedMonitor> Mail(Fault fault, int timeoutSpeed = 1) => m =>
    {
        m.Time.TimeoutSpeed = timeoutSpeed;
        m.Simulation.SendGrid.Script(fault);
    };

    private static Action<SimulatedMonitor> Teams(Fault fault, int timeoutSpeed = 1) => m =>
    {
        m.Time.TimeoutSpeed = timeoutSpeed;
        m.Simulation.Teams.Script(fault);
    };
}
