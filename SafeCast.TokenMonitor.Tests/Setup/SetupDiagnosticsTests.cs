using System.Text.Json;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Cli;
using SafeCast.TokenMonitor.Cli.Commands;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Setup;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Simulator.SendGrid;
using SafeCast.TokenMonitor.Simulator.Vault;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;
using Spectre.Console.Testing;

namespace SafeCast.TokenMonitor.Tests.Setup;

public sealed class SetupDiagnosticsTests
{
    /// <summary>Problems of the setup: the affected step, its outcome and detail, and the exit status.</summary>
    private static readonly Dictionary<string, (Action<SimulatedMonitor> Make, string Step, StepOutcome Outcome, string Detail, int Status)> Undone = new()
    {
        ["the vault refuses"] = (m => m.Simulation.Vault.Role = VaultRole.None,
            "vault", StepOutcome.Failed, "Assign it the role Key Vault Secrets User", ExitStatus.BrokenOrAtRisk),
        ["the vault is down"] = (m => m.Simulation.Vault.Script(VaultFault.Unavailable()), "vault", StepOutcome.Unknown, "it answered 503", ExitStatus.Unknown),
        ["nobody can sign in"] = (m => m.Arrange = services => services.AddSingleton<TokenCredential>(new NoIdentity()),
            "vault-identity", StepOutcome.Failed, "Could not sign in: Please run 'az login'", ExitStatus.BrokenOrAtRisk),
        ["the vault's clock is ahead"] = (m => m.Simulation.Vault.ClockSkew = TimeSpan.FromMinutes(5),
            "vault-clock", StepOutcome.Failed, "The clock of this machine is 4 minutes behind the clock of the vault.", ExitStatus.BrokenOrAtRisk),
        ["Graph's clock is behind"] = (m => m.Simulation.Graph.ClockSkew = TimeSpan.FromMinutes(-9.5),
            "graph-clock", StepOutcome.Failed, "The clock of this machine is 9 minutes ahead of the clock of Graph.", ExitStatus.BrokenOrAtRisk),
        ["the Graph version expires soon"] = (m =>
            {
                m.Settings["TokenMonitor:Graph:Version"] = "v25.0";
                m.Time.Offset = new DateTimeOffset(2028, 7, 1, 0, 0, 0, TimeSpan.Zero) - DateTimeOffset.UtcNow;
            },
            "graph-version-expiry", StepOutcome.Failed, "v25.0 expires in 27 days.", ExitStatus.BrokenOrAtRisk),
        ["the state store cannot be read"] = (m => m.State.BeforeRead = _ => throw new StoreUnavailableException("the fake store could not be read."),
            "state", StepOutcome.Failed, "the fake store could not be read.", ExitStatus.NotificationFailed),
        ["the state store cannot be written"] = (m => m.State.BeforeWrite = _ => throw new StoreUnavailableException("the fake store could not be written."),
            "state", StepOutcome.Failed, "the fake store could not be written.", ExitStatus.NotificationFailed),
        ["the state store cannot be emptied"] = (m => m.State.BeforeDelete = () => throw new StoreUnavailableException("the fake store could not be emptied."),
            "state", StepOutcome.Failed, "the fake store could not be emptied.", ExitStatus.NotificationFailed),
        ["what is remembered cannot be decoded"] = (m => m.State["production"] = "{",
            "state", StepOutcome.Failed, "cannot be decoded", ExitStatus.NotificationFailed),
        ["the API key is missing"] = (m => m.Simulation.Vault.Delete(SimulatedSetup.ApiKeySecret),
            "channel-e-mail", StepOutcome.Failed, "is missing: store it there.", ExitStatus.NotificationFailed),
        ["the webhook is a connector's"] = (m => m.Simulation.Vault.Set(SimulatedSetup.WebhookUrlSecret, "https://contoso.webhook.office.com/x"),
            "channel-teams", StepOutcome.Failed, "Office 365 connector", ExitStatus.NotificationFailed),
        ["the schedule names no moment"] = (m => m.Settings["TOKEN_MONITOR_SCHEDULE"] = "0 0 0 30 2 *",
            "schedule", StepOutcome.Failed, "has no occurrence in the next five years", ExitStatus.NotificationFailed),
        ["the token is dead"] = (m => m.World.Token.State = SimulatedTokenState.Revoked, "valid", StepOutcome.Failed, "It was revoked.", ExitStatus.BrokenOrAtRisk),
        ["the app secret is wrong"] = (m => TokenTroubles.All["the app secret was reset"].Make(m),
            "app-credential", StepOutcome.Failed, "Meta rejects the app ID and secret", ExitStatus.BrokenOrAtRisk),
        ["Graph is down"] = (m => m.Simulation.Graph.Script(GraphFault.Unavailable()), "valid", StepOutcome.Unknown, "Service temporarily unavailable", ExitStatus.Unknown),
    };

    public static TheoryData<string> UndoneNames => [.. Undone.Keys];

    [Fact]
    public async Task A_correct_setup_passes_every_step()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Settings["TOKEN_MONITOR_SCHEDULE"] = "0 7 * * * *";
        monitor.Arrange = SignedInAs("""{"upn":"ada@contoso.com"}""");
        await monitor.CheckAsync();

        var report = await DiagnoseAsync(monitor);

        Assert.All(report.Steps.Where(step => step.Id is not "graph-version-expiry"), step => Assert.True(step.Outcome is StepOutcome.Passed, $"{step.Id}: {step.Detail}"));
        Assert.Equal(ExitStatus.Healthy, DoctorCommand.Status(report));
        Assert.Equal("From Key Vault 127.0.0.1.", Step(report, "vault").Detail);
        Assert.Equal("As ada@contoso.com.", Step(report, "vault-identity").Detail);
        Assert.Equal("Within 2 seconds.", Step(report, "graph-clock").Detail);
        Assert.Matches(@"^Next at \d{4}-\d\d-\d\d \d\d:07:00, .+:07:00, .+:07:00 UTC\.$", Step(report, "schedule").Detail);
        Assert.Equal("It belongs to the same system user as before", Step(report, "same-system-user").Title);
    }

    [Theory]
    [MemberData(nameof(UndoneNames))]
    public async Task A_problem_is_reported_in_its_step(string name)
    {
        var (make, id, outcome, detail, status) = Undone[name];
        await using var monitor = await SimulatedMonitor.StartAsync();
        make(monitor);

        var report = await DiagnoseAsync(monitor);

        var step = Step(report, id);
        Assert.Equal(outcome, step.Outcome);
        Assert.Contains(detail, step.Detail, StringComparison.Ordinal);
        Assert.Equal(status, DoctorCommand.Status(report));
    }

    /// <summary>What is wrong of the app while there is no token, and what is then said of its credential.</summary>
    private static readonly Dictionary<string, (Action<SimulatedMonitor> Make, StepOutcome Outcome, string Detail)> AppOnlyInspections = new()
    {
        ["nothing"] = (_ => { }, StepOutcome.Passed, "Graph accepts them. There is no token to inspect."),
        ["nothing, and the app requires its secret"] = (m => m.World.App.RequiresProof = true, StepOutcome.Passed, "Graph accepts them. There is no token to inspect."),
        ["its secret is missing"] = (m => m.Simulation.Vault.Delete(SimulatedSetup.AppSecret), StepOutcome.Failed, "whatsapp-app-secret in Key Vault 127.0.0.1 is missing"),
        ["its secret is disabled"] = (m => m.Simulation.Vault.Disable(SimulatedSetup.AppSecret), StepOutcome.Failed, "is disabled"),
        ["its secret is malformed"] = (m => m.Simulation.Vault.Set(SimulatedSetup.AppSecret, m.World.App.Secret + "\n"), StepOutcome.Failed, "it ends with a line break"),
        ["its secret is another"] = (m => m.Simulation.Vault.Set(SimulatedSetup.AppSecret, SampleSecrets.AppSecret("another")), StepOutcome.Failed, "Meta rejects the app ID and secret"),
        ["it is deleted"] = (m => m.World.App.IsDeleted = true, StepOutcome.Failed, "Meta rejects the app ID and secret"),
        ["it is blocked"] = (m => m.World.App.IsBlocked = true, StepOutcome.Failed, "Meta rejects the app ID and secret"),
        ["Graph is down"] = (m => m.Simulation.Graph.Script(GraphFault.Unavailable()), StepOutcome.Unknown, "Service temporarily unavailable"),
        ["the vault refuses its secret"] = (m => m.Simulation.Vault.Script(call => call.Name == SimulatedSetup.AppSecret, VaultFault.ForbiddenByFirewall()),
            StepOutcome.Unknown, "403 ForbiddenByFirewall"),
    };

    public static TheoryData<string> AppsAloneNames => [.. AppOnlyInspections.Keys];

    [Theory]
    [MemberData(nameof(AppsAloneNames))]
    public async Task Before_there_is_a_token_the_apps_credential_is_examined_by_itself_when(string name)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Simulation.Vault.Delete(SimulatedSetup.TokenSecret);
        var (make, outcome, detail) = AppOnlyInspections[name];
        make(monitor);

        var report = await DiagnoseAsync(monitor);

        var step = Step(report, "app-credential");
        Assert.Equal(outcome, step.Outcome);
        Assert.Contains(detail, step.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(step.Remediation, remediation => remediation.Text.Contains("tokenmonitor check", StringComparison.Ordinal));
        Assert.DoesNotContain(monitor.Simulation.Graph.Calls, call => call.CredentialInUrl || call.Operation is not GraphOperation.App);
    }

    [Fact]
    public async Task Before_there_is_a_token_all_that_is_not_about_it_is_done()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Simulation.Vault.Delete(SimulatedSetup.TokenSecret);

        var report = await DiagnoseAsync(monitor);

        Assert.Equal("Within 2 seconds.", Step(report, "graph-clock").Detail);
        Assert.Equal("Within 2 seconds.", Step(report, "vault-clock").Detail);
        Assert.DoesNotContain(report.Connections.Concat(report.Alerting), step => step.Outcome is not StepOutcome.Passed && !step.IsOptional);
        Assert.Equal(["secret"], report.Tokens[0].Steps.Where(step => step.Outcome is StepOutcome.Failed).Select(step => step.Id));
    }

    [Fact]
    public async Task Before_anything_is_stored_every_secret_that_is_missing_is_named()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        foreach (var secret in (string[])[SimulatedSetup.TokenSecret, SimulatedSetup.AppSecret, SimulatedSetup.ApiKeySecret, SimulatedSetup.WebhookUrlSecret])
        {
            monitor.Simulation.Vault.Delete(secret);
        }

        var report = await DiagnoseAsync(monitor);

        Assert.Equal(
            ["channel-e-mail", "channel-teams", "secret", "app-credential"],
            report.Steps.Where(step => step.Outcome is StepOutcome.Failed).Select(step => step.Id));
        Assert.Empty(monitor.Simulation.Graph.Calls);
    }

    [Fact]
    public async Task A_version_whose_end_is_not_known_is_said_to_be_that()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();

        var step = Step(await DiagnoseAsync(monitor), "graph-version-expiry");

        Assert.Equal((StepOutcome.Unknown, true), (step.Outcome, step.IsOptional));
        Assert.StartsWith("This monitor does not know when v26.0 expires.", step.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_lasts_is_named_with_its_end()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Settings["TokenMonitor:Graph:Version"] = "v25.0";

        Assert.Equal("v25.0 is available until 2028-07-29 00:00 UTC.", Step(await DiagnoseAsync(monitor), "graph-version-expiry").Detail);
    }

    [Fact]
    public async Task Nothing_is_reported_and_nothing_is_left_behind()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.State = SimulatedTokenState.Revoked;

        await DiagnoseAsync(monitor);

        Assert.Empty(monitor.Simulation.SendGrid.Mails);
        Assert.Empty(monitor.Simulation.Teams.Messages);
        Assert.Null(monitor.State["production"]);
        Assert.Null(monitor.State["doctor.probe"]);
    }

    [Fact]
    public async Task A_probe_that_a_crash_left_behind_does_not_disturb()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.State["doctor.probe"] = "left";

        Assert.Equal(StepOutcome.Passed, Step(await DiagnoseAsync(monitor), "state").Outcome);
        Assert.Null(monitor.State["doctor.probe"]);
    }

    [Fact]
    public async Task A_store_that_returns_another_value_is_reported()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.State.AfterWrite = _ => monitor.State["doctor.probe"] = "else";

        Assert.Equal("the fake store returns other content than was written.", Step(await DiagnoseAsync(monitor), "state").Detail);
    }

    [Fact]
    public async Task A_test_message_is_sent_on_every_channel_when_asked_for()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();

        var report = await DiagnoseAsync(monitor, send: true);

        Assert.Equal("It accepted a test message. Check that you received it.", Step(report, "channel-e-mail").Detail);
        Assert.Equal("It accepted a test message. Check that you received it.", Step(report, "channel-teams").Detail);
        Assert.Single(monitor.Simulation.SendGrid.Mails);
        Assert.Single(monitor.Simulation.Teams.Messages);
    }

    [Fact]
    public async Task A_test_message_that_is_not_taken_is_status_4_with_the_reason()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Simulation.SendGrid.Script(SendGridFault.Forbidden());

        var report = await DiagnoseAsync(monitor, send: true);

        Assert.Contains("403", Step(report, "channel-e-mail").Detail, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.NotificationFailed, DoctorCommand.Status(report));
    }

    [Fact]
    public async Task Every_configured_token_has_its_checklist()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Watch("staging").Token.Lose(Scope.Messaging);

        var report = await DiagnoseAsync(monitor);

        Assert.Equal(["production", "staging"], report.Tokens.Select(token => token.TokenName));
        Assert.DoesNotContain(report.Tokens[0].Steps, step => step.Outcome is StepOutcome.Failed);
        Assert.Equal("scope-whatsapp_business_messaging", Assert.Single(report.Tokens[1].Steps, step => step.Outcome is StepOutcome.Failed).Id);
    }

    [Fact]
    public async Task An_environment_file_needs_no_vault_no_channel_and_no_schedule()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        foreach (var key in monitor.Settings.Keys.Where(key => key.StartsWith("TokenMonitor:Email", StringComparison.Ordinal) || key.StartsWith("TokenMonitor:Teams", StringComparison.Ordinal)).ToList())
        {
            monitor.Settings.Remove(key);
        }

        monitor.Arrange = services => services.AddSingleton<ISecretStore>(new EnvironmentSecretStore(".env", new Dictionary<string, string>
        {
            ["WHATSAPP_SYSTEM_USER_TOKEN"] = monitor.World.Token.Value,
            ["WHATSAPP_APP_SECRET"] = monitor.World.App.Secret,
        }));

        var report = await DiagnoseAsync(monitor);

        Assert.Equal(ExitStatus.Healthy, DoctorCommand.Status(report));
        Assert.Equal("From .env.", Step(report, "vault").Detail);
        Assert.DoesNotContain(report.Steps, step => step.Id is "vault-identity" or "vault-clock");
        Assert.True(Step(report, "channels").IsOptional);
    }

    [Fact]
    public async Task The_list_shows_the_remedy_under_what_failed_only()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.Lose(Scope.Messaging);
        using var console = new TestConsole().Width(200);

        var status = await DoctorCommand.RunAsync(monitor.Services, console, json: false, send: false, CancellationToken.None);

        Assert.Equal(ExitStatus.BrokenOrAtRisk, status);
        Assert.Contains("✗ FAIL", console.Output, StringComparison.Ordinal);
        Assert.Contains("It lacks this scope.", console.Output, StringComparison.Ordinal);
        Assert.Single(console.Output.Split('\n'), line => line.Contains("Generate token", StringComparison.Ordinal));
        Assert.Contains("1 failed", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_has_the_documented_fields_and_no_others()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.Lose(Scope.Messaging);
        using var console = new TestConsole().Width(40);

        await DoctorCommand.RunAsync(monitor.Services, console, json: true, send: false, CancellationToken.None);

        using var document = JsonDocument.Parse(console.Output);
        var root = document.RootElement;
        var documented = Repository.Read("docs/doctor.md");
        Assert.Equal(DiagnosticsDocument.CurrentSchemaVersion, root.GetProperty("schemaVersion").GetInt32());
        var fields = Names(root).Concat(Names(root.GetProperty("tokens")[0])).Concat(root.GetProperty("tokens")[0].GetProperty("steps").EnumerateArray().SelectMany(Names)).Distinct();
        Assert.All(fields, field => Assert.Contains($"`{field}`", documented, StringComparison.Ordinal));
        var steps = root.GetProperty("connections").EnumerateArray().Concat(root.GetProperty("alerting").EnumerateArray()).Concat(root.GetProperty("tokens")[0].GetProperty("steps").EnumerateArray());
        Assert.All(
            steps.Select(step => step.GetProperty("id").GetString()!).Select(id => id.StartsWith("scope-", StringComparison.Ordinal) ? "scope-" : id.StartsWith("channel-", StringComparison.Ordinal) ? "channel-" : id),
            id => Assert.Contains($"`{id}", documented, StringComparison.Ordinal));
        Assert.Equal("Failed", steps.Single(step => step.GetProperty("id").GetString() == "scope-whatsapp_business_messaging").GetProperty("outcome").GetString());

        static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
    }

    private static CheckedStep Step(DiagnosticsReport report, string id) => report.Steps.Single(step => step.Id == id);

    private static Task<DiagnosticsReport> DiagnoseAsync(SimulatedMonitor monitor, bool send = false) =>
        monitor.Services.GetRequiredService<ISetupDiagnostics>().DiagnoseAsync(send, CancellationToken.None);

    private static Action<IServiceCollection> SignedInAs(string claims) => services => services.AddSingleton<TokenCredential>(new Identity(
        $"e30.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims))}.c2ln"));

    private sealed class Identity(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class NoIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new Azure.Identity.CredentialUnavailableException("Please run 'az login'");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
