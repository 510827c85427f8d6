using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Simulator.Vault;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;

/// <summary>What keeps the monitor from finding out, and says nothing about the token.</summary>
internal static class Outages
{
    // Fast enough for a test, slow enough for a machine with other things to do.
    private const int Impatient = 20;

    public static IReadOnlyDictionary<string, Action<SimulatedMonitor>> All { get; } = new Dictionary<string, Action<SimulatedMonitor>>
    {
        ["Graph is unavailable"] = Graph(GraphFault.Unavailable()),
        ["Graph has an unknown error"] = Graph(GraphFault.UnknownError()),
        ["Graph throttles the app (400)"] = Graph(GraphFault.Throttled(400)),
        ["Graph throttles the app (403)"] = Graph(GraphFault.Throttled(403)),
        ["Graph throttles the app (429)"] = Graph(GraphFault.Throttled(429)),
        ["Graph says something that is unknown"] = Graph(GraphFault.Error(987654, "Something new.")),
        ["Graph stalls"] = Graph(Fault.Stall(), Impatient),
        ["Graph stalls after the headers"] = Graph(Fault.StallAfterHeaders(), Impatient),
        ["Graph resets the connection"] = Graph(Fault.Reset()),
        ["Graph resets the connection within its response"] = Graph(Fault.ResetWithinBody("""{"data":{"is_valid":fal""")),
        ["a proxy answers with a page (502)"] = Graph(Fault.Html()),
        ["a proxy answers with a page (200)"] = Graph(Fault.Html(200)),
        ["a proxy answers with a page (403)"] = Graph(Fault.Html(403)),
        ["Graph answers with nothing"] = Graph(Fault.Answer(200)),
        ["Graph answers with an empty object"] = Graph(Fault.Answer(200, "{}")),
        ["Graph answers with null"] = Graph(Fault.Answer(200, "null")),
        ["Graph answers with a list"] = Graph(Fault.Answer(200, "[]")),
        ["Graph answers with data that is none"] = Graph(Fault.Answer(200, """{"data":{"is_valid":{}}}""")),
        ["Graph answers with half a character"] = Graph(Fault.Answer(200, """{"data":{"is_valid":"\ud800"}}""")),
        ["Graph answers with half a character in a name"] = Graph(Fault.Answer(200, """{"\ud800":1,"data":{"\ud800":1,"is_valid":2}}""")),
        ["Graph answers with an error that is none"] = Graph(Fault.Answer(400, """{"error":"no"}""")),
        ["Graph answers without end"] = Graph(Fault.Huge(2 * 1024 * 1024)),
        ["Graph answers 400 and nothing"] = Graph(Fault.Answer(400)),
        ["Graph answers 401 and nothing"] = Graph(Fault.Answer(401)),
        ["Graph redirects"] = Graph(Fault.Redirect("https://www.facebook.com/sorry")),
        ["nobody listens at Graph's address"] = m => m.Settings["TokenMonitor:Graph:BaseUrl"] = "http://127.0.0.1:1",
        ["Graph knows the token and none of its assets"] = m =>
            m.Simulation.Graph.Script(call => call.Operation is not GraphOperation.DebugToken, GraphFault.Unavailable()),
        ["Graph throttles the account"] = m =>
            m.Simulation.Graph.Script(call => call.ObjectId == m.World.BusinessAccount.Id, GraphFault.AccountThrottled(m.World.BusinessAccount.Id)),
        ["Graph cannot tell right now whether the token is valid"] = m => m.Simulation.Graph.Rewrite(
            GraphOperation.DebugToken,
            body => body["data"] = new System.Text.Json.Nodes.JsonObject
            {
                ["is_valid"] = false,
                ["error"] = new System.Text.Json.Nodes.JsonObject { ["code"] = 2, ["message"] = "Service temporarily unavailable" },
            }),

        ["the vault is unavailable"] = Vault(VaultFault.Unavailable()),
        ["the vault throttles"] = Vault(VaultFault.Throttled()),
        ["the vault throttles for a minute"] = Vault(VaultFault.Throttled(TimeSpan.FromMinutes(1))),
        ["the vault belongs to another tenant"] = Vault(VaultFault.OtherTenant()),
        ["the vault has access policies, and none for the monitor"] = Vault(VaultFault.ForbiddenByPolicy()),
        ["the vault does not believe the identity"] = Vault(VaultFault.Unauthorized()),
        ["the vault's firewall shuts the monitor out"] = Vault(VaultFault.ForbiddenByFirewall()),
        ["the vault has no role for the monitor"] = m => m.Simulation.Vault.Role = VaultRole.None,
        ["the vault stalls"] = Vault(Fault.Stall(), Impatient),
        ["the vault resets the connection"] = Vault(Fault.Reset()),
        ["a proxy answers for the vault (502)"] = Vault(Fault.Html()),
        ["a proxy answers for the vault (404)"] = Vault(Fault.Html(404)),
        ["a proxy answers for the vault (200)"] = Vault(Fault.Html(200)),
        ["the vault answers without a value"] = Vault(Fault.Answer(200, "{}")),
        ["the vault answers with half a character"] = Vault(Fault.Answer(200, """{"value":"\ud800"}""")),
        ["the vault holds the app secret back"] = m =>
            m.Simulation.Vault.Script(call => call.Name == SimulatedSetup.AppSecret, VaultFault.Unavailable()),
    };

    private static Action<SimulatedMonitor> Graph(Fault fault, int timeoutSpeed = 1) => m =>
    {
        m.Time.TimeoutSpeed = timeoutSpeed;
        m.Simulation.Graph.Script(fault);
    };

    private static Action<SimulatedMonitor> Vault(Fault fault, int timeoutSpeed = 1) => m =>
    {
        m.Time.TimeoutSpeed = timeoutSpeed;
        m.Simulation.Vault.Script(fault);
    };
}
