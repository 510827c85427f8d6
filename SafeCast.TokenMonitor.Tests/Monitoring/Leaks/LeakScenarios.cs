using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks;

/// <summary>Everything that can happen to a check, with special regard to what quotes secrets back.</summary>
internal static class LeakScenarios
{
    public static IReadOnlyDictionary<string, Action<SimulatedMonitor>> All { get; } = new Dictionary<string, Action<SimulatedMonitor>>(
    [
        new("all is well", _ => { }),
        new("lists come in pages, whose links hold the token", m =>
        {
            m.Simulation.Graph.PageSize = 1;
            m.World.BusinessAccount.SubscribedApps = [new GraphApp { Id = "666000000000", Name = "Other", Secret = "-" }, m.World.App];
        }),
        .. TokenTroubles.All.Select(trouble => KeyValuePair.Create($"token: {trouble.Key}", trouble.Value.Make)),
        .. Outages.All.Select(outage => KeyValuePair.Create($"outage: {outage.Key}", outage.Value)),
        .. ChannelFailures.OfMail.Concat(ChannelFailures.OfTeams).Select(trouble => KeyValuePair.Create($"channel: {trouble.Key}", Alerting(trouble.Value))),
        .. QuotingGraph(),
        .. QuotingChannels(),
    ]);

    /// <summary>
    /// A vault that quotes secrets. It is never sent one, so it cannot; but should it, the Azure client throws and traces its answer
    /// as it came, and what counts is what the monitor makes of that.
    /// </summary>
    public static IReadOnlyDictionary<string, Action<SimulatedMonitor>> OfQuotingVault { get; } =
        new Dictionary<string, Action<SimulatedMonitor>>(QuotingVault());

    private static IEnumerable<KeyValuePair<string, Action<SimulatedMonitor>>> QuotingVault()
    {
        foreach (var (form, write) in Forms)
        {
            yield return new($"the vault quotes every secret, {form}, refusing them", m => m.Simulation.Vault.Script(Fault.Answer(
                403, $$$"""{"error":{"code":"Forbidden","message":"{{{write(SecretsOf.Quote(m))}}}"}}""")));
            yield return new($"the vault quotes every secret, {form}, in its codes", m => m.Simulation.Vault.Script(Fault.Answer(
                403, $$$"""{ "error": { "code": "{{{write(SecretsOf.Quote(m))}}}", "innererror": { "code": "{{{write(SecretsOf.Quote(m))}}}" } } }""")));
            yield return new($"the vault quotes every secret, {form}, while it is down", m => m.Simulation.Vault.Script(Fault.Answer(
                500, $$$"""{"error":{"code":"{{{write(SecretsOf.Quote(m))}}}","message":"{{{write(SecretsOf.Quote(m))}}}"}}""")));
        }
    }

    private static Action<SimulatedMonitor> Alerting(Action<SimulatedMonitor> trouble) => m =>
    {
        m.World.Token.State = SimulatedTokenState.Revoked;
        trouble(m);
    };

    private static IEnumerable<KeyValuePair<string, Action<SimulatedMonitor>>> QuotingGraph()
    {
        foreach (var (form, write) in Forms)
        {
            yield return new($"Graph quotes every secret, {form}, refusing everything", m =>
                m.Simulation.Graph.Script(GraphFault.Error(Quoting(100, write, m))));
            yield return new($"Graph quotes every secret, {form}, calling the token dead", m =>
                m.Simulation.Graph.Script(call => call.Operation is not GraphOperation.DebugToken, GraphFault.Error(Quoting(190, write, m))));
            yield return new($"Graph quotes every secret, {form}, refusing the app", m =>
                m.Simulation.Graph.Script(call => call.Credential is CredentialKind.App, GraphFault.Error(Quoting(190, write, m))));
            yield return new($"Graph quotes every secret, {form}, while it is down", m =>
                m.Simulation.Graph.Script(GraphFault.Error(Quoting(2, write, m))));
            yield return new($"Graph quotes every secret, {form}, in every name that it gives", m =>
            {
                var quote = write(SecretsOf.Quote(m));
                m.World.App.Name = m.World.SystemUser.Name = m.World.BusinessAccount.Name = m.World.Portfolio.Name = quote;
                m.World.PhoneNumber.DisplayNumber = m.World.PhoneNumber.VerifiedName = m.World.PhoneNumber.Status = quote;
                m.World.Token.Type = quote;
                m.World.Token.Scopes = [quote];
                m.World.BusinessAccount.Assign(m.World.SystemUser, quote);
                m.World.PhoneNumber.Troubles =
                [
                    new HealthEntity("WABA", "BLOCKED") { AdditionalInfo = [quote], Errors = [new HealthError(1, quote, quote)] },
                ];
            });
            yield return new($"Graph quotes every secret, {form}, in why the token is invalid", m => m.Simulation.Graph.Rewrite(
                GraphOperation.DebugToken,
                body => body["data"] = new System.Text.Json.Nodes.JsonObject
                {
                    ["is_valid"] = false,
                    ["error"] = new System.Text.Json.Nodes.JsonObject { ["code"] = 190, ["subcode"] = 466, ["message"] = write(SecretsOf.Quote(m)) },
                }));
            yield return new($"Graph quotes every secret, {form}, in a page", m =>
                m.Simulation.Graph.Script(Fault.Answer(500, $"<html>{write(SecretsOf.Quote(m))}</html>", "text/html")));
            yield return new($"Graph quotes every secret, {form}, in where it redirects to", m =>
                m.Simulation.Graph.Script(Fault.Redirect($"https://example.com/{Uri.EscapeDataString(write(SecretsOf.Quote(m)))}")));
        }

        foreach (var (name, secret) in (IEnumerable<(string, Func<SimulatedMonitor, string>)>)
            [
                ("the token", m => m.World.Token.Value),
                ("the app secret", m => m.World.App.Secret),
                ("the proof", SecretsOf.Proof),
                ("the app token", m => m.World.App.Credential),
            ])
        {
            yield return new($"Graph calls its version {name}", m => m.Simulation.Graph.AnsweredVersion = "v" + secret(m));
            yield return new($"Graph quotes {name} in the middle of a word", m =>
                m.Simulation.Graph.Script(GraphFault.Error(100, $"no_{secret(m)}_no")));
            yield return new($"Graph quotes {name} in each of an error's texts", m =>
                m.Simulation.Graph.Script(GraphFault.Error(new GraphError(100, $"x{secret(m)}x")
                {
                    Subcode = 33,
                    UserTitle = secret(m),
                    UserMessage = $"x{secret(m)}x",
                    Details = $"x{secret(m)}x",
                    Type = secret(m),
                })));
        }
    }

    private static IEnumerable<KeyValuePair<string, Action<SimulatedMonitor>>> QuotingChannels()
    {
        foreach (var (form, write) in Forms)
        {
            foreach (var status in (int[])[400, 401, 403, 500])
            {
                yield return new($"SendGrid quotes its key, {form}, answering {status}", Alerting(m => m.Simulation.SendGrid.Script(Fault.Answer(
                    status,
                    $$"""{"errors":[{"message":"The key {{write(m.Simulation.SendGrid.ApiKey)}} in 'Bearer {{write(m.Simulation.SendGrid.ApiKey)}}' is not good"}]}"""))));
                yield return new($"Teams quotes its URL, {form}, answering {status}", Alerting(m => m.Simulation.Teams.Script(Fault.Answer(
                    status,
                    $$$"""{"error":{"code":"No","message":"{{{write(m.Simulation.Teams.WebhookUrl)}}}"}}"""))));
            }

            yield return new($"SendGrid names its key, {form}, as the message's id", Alerting(m => m.Simulation.SendGrid.Script(Fault.Answer(
                202, "", null, ("X-Message-Id", write(m.Simulation.SendGrid.ApiKey))))));
            yield return new($"Teams redirects to its URL, {form}", Alerting(m => m.Simulation.Teams.Script(Fault.Redirect(
                $"https://example.com/{write(m.Simulation.Teams.WebhookUrl)}"))));
        }
    }

    private static IEnumerable<(string Name, Func<string, string> Write)> Forms =>
    [
        ("plain", text => text),
        ("URL-encoded", Uri.EscapeDataString),
    ];

    private static GraphError Quoting(int code, Func<string, string> write, SimulatedMonitor monitor)
    {
        var quote = write(SecretsOf.Quote(monitor));
        return new(code, quote) { UserTitle = quote, UserMessage = quote, Details = quote, Type = quote };
    }
}
