using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Simulator.SendGrid;
using SafeCast.TokenMonitor.Simulator.Teams;

namespace SafeCast.TokenMonitor.Cli.Preview;

/// <summary>One scene for every message. The real check creates the messages.</summary>
internal static class PreviewScenes
{
    private const string Findings = "Findings";
    private const string Incident = "As an incident goes on";
    private const string Itself = "The monitor about itself";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static IReadOnlyList<PreviewScene> All { get; } =
    [
        Sees("token-revoked", State(SimulatedTokenState.Revoked)),
        Sees("token-expired", State(SimulatedTokenState.Expired)),
        Sees("token-invalidated", State(SimulatedTokenState.Invalidated)),
        Sees("app-removed", State(SimulatedTokenState.AppRemoved)),
        Sees("app-unavailable", s => s.World.App.IsDeleted = true),
        Sees("user-action-required", State(SimulatedTokenState.Checkpoint)),
        Sees("token-unreadable", s => Store(s, s.World.Token.Value[..120])),
        Sees("token-invalid", State(SimulatedTokenState.WithoutReason)),
        Sees("token-expires", s => s.World.Token.ExpiresAt = s.Now.AddDays(6.5)),
        Sees("data-access-expires", s => s.World.Token.DataAccessExpiresAt = s.Now.AddDays(12.5)),
        Sees("scope-missing", s => s.World.Token.Lose(Scope.Messaging)),
        Sees("scope-narrowed", s => s.World.Token.Narrow(Scope.Messaging, "999999999999")),
        Sees("not-system-user", s => Store(s, PersonsToken(s).Value)),
        Sees("wrong-app", s => Store(s, s.Simulation.Graph.World.IssueToken(Staging(s).App, s.World.SystemUser).Value)),
        new(Findings, "token-shared", (stage, cancellationToken) =>
        {
            WatchStagingToo(stage, SimulatedSetup.TokenSecret);
            return stage.LaterAsync(TimeSpan.Zero, Nothing, cancellationToken);
        }),
        new(Findings, "environment-shared", (stage, cancellationToken) =>
        {
            const string StagingSecret = "whatsapp-staging-token";
            WatchStagingToo(stage, StagingSecret);
            stage.Simulation.Vault.Set(StagingSecret, stage.Simulation.Graph.World.IssueToken(stage.World.App, stage.World.SystemUser).Value);
            return stage.LaterAsync(TimeSpan.Zero, Nothing, cancellationToken);
        }),
        new(Findings, "secret-ambiguous", (stage, cancellationToken) =>
        {
            stage.UseEnvironmentFile(new() { [EnvironmentSecretStore.IntegrationTokenVariable] = SampleSecrets.Token("forgotten") });
            return stage.LaterAsync(TimeSpan.Zero, Nothing, cancellationToken);
        }),
        Sees("secret-missing", s => s.Simulation.Vault.Delete(SimulatedSetup.TokenSecret)),
        Sees("secret-disabled", s => s.Simulation.Vault.Disable(SimulatedSetup.TokenSecret)),
        Sees("secret-malformed", s => Store(s, $"{s.World.Token.Value}\n")),
        Sees("secret-expires", s => s.Simulation.Vault.Expire(SimulatedSetup.TokenSecret, s.Now.AddDays(20.5))),
        Sees("business-account-unreachable", s => s.Simulation.Graph.Script(call => call.ObjectId == s.World.BusinessAccount.Id, GraphFault.AccountLocked())),
        Sees("wrong-portfolio", s => s.World.BusinessAccount.Owner = Staging(s).Portfolio),
        Sees("access-reduced", s => s.World.BusinessAccount.Assign(s.World.SystemUser, "DEVELOP")),
        Sees("phone-number-unreachable", s => s.World.BusinessAccount.PhoneNumbers = []),
        Sees("phone-number-elsewhere", MoveNumber),
        Sees("phone-number-not-connected", s => s.World.PhoneNumber.Status = "DISCONNECTED"),
        Sees("quality-low", s => s.World.PhoneNumber.QualityRating = "RED"),
        Sees("app-not-subscribed", s => s.World.BusinessAccount.SubscribedApps = []),
        Sees("sending-blocked", s => s.World.PhoneNumber.Troubles = [Payment]),
        Sees("sending-limited", s => s.World.PhoneNumber.Troubles =
        [
            new HealthEntity("PHONE_NUMBER", "LIMITED") { AdditionalInfo = ["Your display name has not been approved yet."] },
        ]),
        Sees("app-credential-rejected", s => s.World.App.Secret = SampleSecrets.AppSecret("reset")),
        Sees("graph-version-expired", s => s.Simulation.Graph.AnsweredVersion = "v27.0"),
        Sees("several-findings", s =>
        {
            s.World.Token.Lose(Scope.Messaging);
            s.World.BusinessAccount.SubscribedApps = [];
            s.World.PhoneNumber.Troubles = [Payment];
        }),

        new(Incident, "changed", async (stage, cancellationToken) =>
        {
            await stage.SeeAsync(
                s =>
                {
                    s.World.Token.Lose(Scope.Messaging);
                    s.World.BusinessAccount.SubscribedApps = [];
                },
                cancellationToken);
            await stage.LaterAsync(
                3 * Hour,
                s =>
                {
                    s.World.BusinessAccount.SubscribedApps = [s.World.App];
                    s.World.PhoneNumber.Troubles = [Payment];
                },
                cancellationToken);
        }),
        new(Incident, "reminder", async (stage, cancellationToken) =>
        {
            await stage.SeeAsync(State(SimulatedTokenState.Revoked), cancellationToken);
            await stage.LaterAsync(24 * Hour, Nothing, cancellationToken);
        }),
        new(Incident, "countdown", async (stage, cancellationToken) =>
        {
            await stage.SeeAsync(s => s.World.Token.ExpiresAt = s.Now.AddDays(6.5), cancellationToken);
            await stage.LaterAsync(4 * 24 * Hour, Nothing, cancellationToken);
        }),
        new(Incident, "resolved", async (stage, cancellationToken) =>
        {
            await stage.SeeAsync(State(SimulatedTokenState.Revoked), cancellationToken);
            await stage.LaterAsync(5 * Hour, Replace, cancellationToken);
        }),
        new(Incident, "new-token-verified", (stage, cancellationToken) => stage.SeeAsync(Replace, cancellationToken)),
        new(Incident, "late", async (stage, cancellationToken) =>
        {
            var outage = stage.Simulation.SendGrid.Script(SendGridFault.Unauthorized());
            await stage.SeeAsync(State(SimulatedTokenState.Revoked), cancellationToken);
            await stage.LaterAsync(Hour, _ => outage.Dispose(), cancellationToken);
        }),

        new(Itself, "monitor-down", StopAnsweringAsync),
        new(Itself, "monitor-down-reminder", async (stage, cancellationToken) =>
        {
            await StopAnsweringAsync(stage, cancellationToken);
            await stage.LaterAsync(24 * Hour, Nothing, cancellationToken);
        }),
        new(Itself, "monitor-down-without-app", (stage, cancellationToken) =>
        {
            stage.Settings.Remove("TokenMonitor:Tokens:production:AppId");
            stage.Settings.Remove("TokenMonitor:Tokens:production:AppSecretName");
            return StayAsync(stage, cancellationToken);
        }),
        new(Itself, "monitor-recovered", async (stage, cancellationToken) =>
        {
            using (stage.Simulation.Graph.Script(GraphFault.Throttled()))
            {
                await StayAsync(stage, cancellationToken);
            }

            await stage.LaterAsync(Hour, Nothing, cancellationToken);
        }),
        new(Itself, "channel-failing-teams", (stage, cancellationToken) =>
        {
            stage.Simulation.Teams.Script(TeamsFault.SignInRequired());
            return FailToNotifyAsync(stage, cancellationToken);
        }),
        new(Itself, "channel-failing-e-mail", (stage, cancellationToken) =>
        {
            stage.Simulation.SendGrid.Script(SendGridFault.Forbidden());
            return FailToNotifyAsync(stage, cancellationToken);
        }),
        new(Itself, "test-alert", (stage, cancellationToken) => stage.TestAsync(cancellationToken)),
    ];

    private static HealthEntity Payment => new("WABA", "BLOCKED")
    {
        Errors = [new HealthError(141006, "There is an error with the payment method.", "Add a valid payment method in WhatsApp Manager.")],
    };

    private static PreviewScene Sees(string finding, Action<PreviewStage> happen) =>
        new(Findings, finding, (stage, cancellationToken) => stage.SeeAsync(happen, cancellationToken));

    private static Action<PreviewStage> State(SimulatedTokenState state) => stage => stage.World.Token.State = state;

    private static void Nothing(PreviewStage stage)
    {
    }

    private static void Store(PreviewStage stage, string token) => stage.Simulation.Vault.Set(SimulatedSetup.TokenSecret, token);

    private static void Replace(PreviewStage stage) => Store(stage, stage.Simulation.Graph.World.IssueToken(stage.World.App, stage.World.SystemUser).Value);

    // A personal token of the person who set it up, in the same app.
    private static GraphToken PersonsToken(PreviewStage stage)
    {
        var person = new SystemUser { Id = "100099988877766", Name = "Ada Byron", Portfolio = stage.World.Portfolio };
        stage.World.BusinessAccount.Assign(person, "MANAGE");
        var token = stage.Simulation.Graph.World.IssueToken(stage.World.App, person);
        token.Type = "USER";
        token.IssuedAt = stage.Now - TimeSpan.FromDays(2);
        return token;
    }

    // A second name with the settings of production, with or without its own token.
    private static void WatchStagingToo(PreviewStage stage, string secretName)
    {
        foreach (var setting in stage.Settings.Where(setting => setting.Key.StartsWith("TokenMonitor:Tokens:production:", StringComparison.Ordinal)).ToList())
        {
            stage.Settings[setting.Key.Replace(":production:", ":staging:", StringComparison.Ordinal)] = setting.Value;
        }

        stage.Settings["TokenMonitor:Tokens:staging:SecretName"] = secretName;
    }

    private static StandardWorld Staging(PreviewStage stage) => stage.Simulation.Graph.World.AddStandard("Staging");

    private static void MoveNumber(PreviewStage stage)
    {
        var other = Staging(stage).BusinessAccount;
        other.PhoneNumbers = [stage.World.PhoneNumber];
        other.Assign(stage.World.SystemUser, "MANAGE");
        stage.World.BusinessAccount.PhoneNumbers = [];
    }

    private static async Task StopAnsweringAsync(PreviewStage stage, CancellationToken cancellationToken)
    {
        stage.Simulation.Graph.Script(GraphFault.Throttled());
        await StayAsync(stage, cancellationToken);
    }

    // Three checks in a row.
    private static async Task StayAsync(PreviewStage stage, CancellationToken cancellationToken)
    {
        for (var check = 0; check < 3; check++)
        {
            await stage.LaterAsync(Hour, Nothing, cancellationToken);
        }
    }

    private static async Task FailToNotifyAsync(PreviewStage stage, CancellationToken cancellationToken)
    {
        await stage.SeeAsync(State(SimulatedTokenState.Revoked), cancellationToken);
        await stage.LaterAsync(Hour, Nothing, cancellationToken);
        await stage.LaterAsync(Hour, Nothing, cancellationToken);
    }
}
