using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

/// <summary>There are many ways to be right; none of them wakes anybody.</summary>
public sealed class HealthyTests
{
    private static readonly Dictionary<string, Action<SimulatedMonitor>> Ways = new()
    {
        ["the app requires proofs"] = m => m.World.App.RequiresProof = true,
        ["the scopes are given for this account by name"] = m =>
        {
            m.World.Token.Narrow(Scope.Messaging, m.World.BusinessAccount.Id);
            m.World.Token.Narrow(Scope.Management, "999999999999", m.World.BusinessAccount.Id);
        },
        ["the token has more scopes than it needs"] = m => m.World.Token.Scopes = ["business_management", Scope.Messaging, Scope.Management],
        ["a 60-day token that was just renewed"] = m =>
        {
            m.Settings["TokenMonitor:Tokens:production:Expiry"] = "Renewed";
            (m.World.Token.ExpiresAt, m.World.Token.DataAccessExpiresAt) = (TokenTroubles.In(59), TokenTroubles.In(59));
        },
        ["the number, the app and the user are on the last of many pages"] = m =>
        {
            m.Simulation.Graph.PageSize = 2;
            var account = m.World.BusinessAccount;
            account.PhoneNumbers =
                [.. Enumerable.Range(0, 6).Select(i => new PhoneNumber { Id = $"55500000000{i}", DisplayNumber = "+1", VerifiedName = "-" }), m.World.PhoneNumber];
            account.SubscribedApps = [.. Enumerable.Range(0, 6).Select(i => new GraphApp { Id = $"66600000000{i}", Name = "Other", Secret = "-" }), m.World.App];
            account.AssignedUsers =
            [
                .. Enumerable.Range(0, 6).Select(i => new AssignedUser(new SystemUser { Id = $"77700000000{i}", Name = "Other", Portfolio = m.World.Portfolio }, [])),
                .. account.AssignedUsers,
            ];
        },
        ["Graph writes ids as numbers"] = m => m.Simulation.Graph.Rewrite(
            GraphOperation.DebugToken,
            body =>
            {
                body["data"]!["app_id"] = long.Parse(m.World.App.Id, System.Globalization.CultureInfo.InvariantCulture);
                body["data"]!["user_id"] = long.Parse(m.World.SystemUser.Id, System.Globalization.CultureInfo.InvariantCulture);
            }),
        ["the vault's expiry date is far off"] = m => m.Simulation.Vault.Expire(SimulatedSetup.TokenSecret, TokenTroubles.In(60)),
        ["no portfolio is configured"] = m => m.Settings.Remove("TokenMonitor:Tokens:production:BusinessPortfolioId"),
        ["nothing but the token and its app is configured"] = m =>
        {
            foreach (var id in (string[])["BusinessAccountId", "PhoneNumberId", "BusinessPortfolioId"])
            {
                m.Settings.Remove($"TokenMonitor:Tokens:production:{id}");
            }
        },
        ["Graph stumbles once and is asked again"] = m => m.Simulation.Graph.Script(GraphFault.Unavailable(), times: 1),
        ["a connection is reset once"] = m => m.Simulation.Graph.Script(SafeCast.TokenMonitor.Simulator.Faults.Fault.Reset(), times: 1),
        ["the app is no more configured, and tokens may inspect themselves"] = m =>
        {
            m.Simulation.Graph.AllowsInspectionByToken = true;
            m.Settings.Remove("TokenMonitor:Tokens:production:AppSecretName");
        },
        ["another token beside it"] = m => m.Watch("staging"),
    };

    public static TheoryData<string> Names => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_correct_setup_is_healthy_and_sends_no_alert(string way)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        Ways[way](monitor);

        var report = await monitor.CheckAsync();

        Assert.All(report.Tokens, token =>
        {
            Assert.Empty(token.Assessment.Findings);
            Assert.Equal(Verdict.Healthy, token.Assessment.Verdict);
        });
        Assert.Empty(report.NotificationFailures);
        Assert.Empty(monitor.Simulation.SendGrid.Calls);
        Assert.Empty(monitor.Simulation.Teams.Calls);
    }
}
