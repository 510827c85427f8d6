using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

/// <summary>Every problem results in exactly its findings, and in an alert on both channels.</summary>
public sealed class FindingsAndAlertsTests
{
    // Two names for one token, account or number, and two tokens in one environment file: the other table holds one token in a vault.
    private static readonly string[] FoundElsewhere = ["token-shared", "environment-shared", "secret-ambiguous"];

    public static TheoryData<string> Troubles => [.. TokenTroubles.All.Keys];

    [Fact]
    public void Every_finding_of_the_catalogue_is_produced_over_the_wire() =>
        Assert.Equal(
            FindingCatalogue.All.Select(definition => definition.Id).Order(),
            TokenTroubles.All.Values.SelectMany(trouble => trouble.Found).Concat(FoundElsewhere).Distinct().Order());

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Exactly_the_problem_is_found_and_results_in_alerts_on_both_channels(string name)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        var trouble = TokenTroubles.All[name];
        trouble.Make(monitor);

        var report = await monitor.CheckAsync();

        var assessment = Assert.Single(report.Tokens).Assessment;
        Assert.Equal(trouble.Found.Order(), assessment.Findings.Select(finding => finding.Id).Order());
        Assert.Equal(
            assessment.Findings.Any(finding => finding.Severity is Severity.Critical) ? Verdict.Broken : Verdict.AtRisk, assessment.Verdict);
        Assert.Empty(report.NotificationFailures);

        var mail = Assert.Single(monitor.Simulation.SendGrid.Mails);
        var card = Assert.Single(monitor.Simulation.Teams.Messages);
        var cardText = string.Join('\n', Texts(card.Card)).Replace("\\", "", StringComparison.Ordinal);
        Assert.Empty(monitor.Simulation.Teams.FailedRuns);
        Assert.Equal(mail.Subject, card.Summary);
        Assert.StartsWith($"[{assessment.Findings[0].Severity}] WhatsApp token \"production\" ", mail.Subject, StringComparison.Ordinal);
        Assert.All(assessment.Findings, finding =>
        {
            var words = EnglishWording.Instance.Describe(finding, assessment.Context!, report.StartedAt);
            Assert.Contains(words.Title, mail.Text, StringComparison.Ordinal);
            Assert.Contains(words.Impact, mail.Text, StringComparison.Ordinal);
            Assert.Contains(words.Title, cardText, StringComparison.Ordinal);
            Assert.Contains(words.Impact, cardText, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task An_invalid_tokens_system_user_is_reported_by_the_name_that_it_had_while_the_token_lived()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        await monitor.CheckAsync();
        monitor.World.Token.State = SimulatedTokenState.Revoked;

        await monitor.CheckAsync();

        Assert.Contains(
            $"System users > \"{monitor.World.SystemUser.Name}\" ({monitor.World.SystemUser.Id}) and select \"Generate token\"",
            Assert.Single(monitor.Simulation.SendGrid.Mails).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_token_under_two_names_is_found_for_both_and_reported_once_for_each()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.Watch("staging");
        monitor.Settings["TokenMonitor:Tokens:staging:SecretName"] = "whatsapp-system-user-token";
        foreach (var id in (string[])["AppId", "AppSecretName", "BusinessAccountId", "PhoneNumberId", "BusinessPortfolioId"])
        {
            monitor.Settings[$"TokenMonitor:Tokens:staging:{id}"] = monitor.Settings[$"TokenMonitor:Tokens:production:{id}"];
        }

        var report = await monitor.CheckAsync();

        Assert.All(report.Tokens, token => Assert.Equal("token-shared", Assert.Single(token.Assessment.Findings).Id));
        Assert.Equal(
            ["[Warning] WhatsApp token \"production\" is the same token as \"staging\"", "[Warning] WhatsApp token \"staging\" is the same token as \"production\""],
            monitor.Simulation.SendGrid.Mails.Select(mail => mail.Subject).Order());
        Assert.Equal(2, monitor.Simulation.Teams.Messages.Count);
    }

    [Theory]
    [InlineData("BusinessAccountId", "a WhatsApp account with")]
    [InlineData("PhoneNumberId", "a phone number with")]
    public async Task An_account_or_number_under_two_names_is_found_for_the_token_that_reaches_it(string id, string shared)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        var staging = monitor.Watch("staging");
        monitor.Settings[$"TokenMonitor:Tokens:production:{id}"] = monitor.Settings[$"TokenMonitor:Tokens:staging:{id}"];
        monitor.Settings.Remove("TokenMonitor:Tokens:production:BusinessPortfolioId");
        staging.BusinessAccount.Assign(monitor.World.SystemUser, "MANAGE");

        var report = await monitor.CheckAsync();

        Assert.Contains(report.Tokens[1].Assessment.Findings, finding => finding.Id == "environment-shared");
        Assert.Contains($"shares {shared} \"production\"", monitor.Simulation.SendGrid.Mails.Single(mail => mail.Subject.Contains("\"staging\"", StringComparison.Ordinal)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_names_that_are_meant_to_share_an_account_can_say_so()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        var sales = monitor.Simulation.Graph.World.IssueToken(monitor.World.App, monitor.World.SystemUser);
        monitor.Simulation.Vault.Set("sales-token", sales.Value);
        foreach (var (key, value) in SafeCast.TokenMonitor.Cli.Simulators.SimulatedSetup.Settings(monitor.Simulation, monitor.World, "sales"))
        {
            monitor.Settings[key] = value;
        }

        monitor.Settings["TokenMonitor:Tokens:sales:SecretName"] = "sales-token";
        monitor.Settings["TokenMonitor:Tokens:sales:Ignore:0"] = "environment-shared";
        monitor.Settings["TokenMonitor:Tokens:production:Ignore:0"] = "environment-shared";

        var report = await monitor.CheckAsync();

        Assert.All(report.Tokens, token => Assert.True(Assert.Single(token.Assessment.Findings).IsIgnored));
        Assert.Empty(monitor.Simulation.SendGrid.Mails);
    }

    [Fact]
    public async Task Two_different_tokens_in_one_environment_file_are_found()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        var variables = new Dictionary<string, string>
        {
            ["WHATSAPP_SYSTEM_USER_TOKEN"] = monitor.World.Token.Value,
            ["WHATSAPP_API_TOKEN"] = SafeCast.TokenMonitor.Simulator.SampleSecrets.Token("another"),
            ["WHATSAPP_APP_SECRET"] = monitor.World.App.Secret,
        };
        monitor.Arrange = services => services.AddSingleton<ISecretStore>(new EnvironmentSecretStore(".env", variables));

        var report = await monitor.CheckAsync();

        var finding = Assert.Single(report.Tokens[0].Assessment.Findings);
        Assert.Equal("secret-ambiguous", finding.Id);
        Assert.Equal(new FindingDetails.AmbiguousSecret("WHATSAPP_API_TOKEN", ContradictingContent.AnotherToken), finding.Details);
    }

    [Fact]
    public async Task Metas_own_words_about_blocked_sending_are_passed_on()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        TokenTroubles.All["sending is blocked"].Make(monitor);

        await monitor.CheckAsync();

        foreach (var text in (string?[])[Assert.Single(monitor.Simulation.SendGrid.Mails).Text, Assert.Single(monitor.Simulation.Teams.Messages).Raw])
        {
            Assert.Contains("There is an error with the payment method.", text, StringComparison.Ordinal);
            Assert.Contains("Add a valid payment method in WhatsApp Manager.", text, StringComparison.Ordinal);
            Assert.Contains("141006", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Metas_own_words_about_limited_sending_are_passed_on()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        TokenTroubles.All["sending is limited"].Make(monitor);

        await monitor.CheckAsync();

        Assert.Contains("Your display name has not been approved yet.", monitor.Simulation.SendGrid.Mails[0].Text, StringComparison.Ordinal);
        Assert.Contains("Your display name has not been approved yet.", monitor.Simulation.Teams.Messages[0].Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_app_credential_is_not_shown_as_the_tokens_fault()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        TokenTroubles.All["the app secret was reset"].Make(monitor);

        var report = await monitor.CheckAsync();

        Assert.Equal(Verdict.AtRisk, report.Tokens[0].Assessment.Verdict);
        Assert.False(report.Tokens[0].Assessment.IsComplete);
    }

    [Fact]
    public async Task Unknown_facts_are_reported_beside_findings()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.ExpiresAt = TokenTroubles.In(3);
        monitor.Simulation.Graph.Script(call => call.ObjectId is not null, GraphFault.Unavailable());

        var report = await monitor.CheckAsync();

        Assert.Equal("token-expires", Assert.Single(report.Tokens[0].Assessment.Findings).Id);
        Assert.Contains("Unknown: whether it can access its WhatsApp account.", monitor.Simulation.SendGrid.Mails[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ignored_finding_is_reported_and_sends_no_alert()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.BusinessAccount.SubscribedApps = [];
        monitor.Settings["TokenMonitor:Tokens:production:Ignore:0"] = "app-not-subscribed";

        var report = await monitor.CheckAsync();

        Assert.True(Assert.Single(report.Tokens[0].Assessment.Findings).IsIgnored);
        Assert.Equal(Verdict.Healthy, report.Tokens[0].Assessment.Verdict);
        Assert.Empty(monitor.Simulation.SendGrid.Mails);
        Assert.Empty(monitor.Simulation.Teams.Messages);
    }

    private static IEnumerable<string> Texts(System.Text.Json.Nodes.JsonNode? node) => node switch
    {
        System.Text.Json.Nodes.JsonObject item => item.SelectMany(pair => Texts(pair.Value)),
        System.Text.Json.Nodes.JsonArray items => items.SelectMany(Texts),
        System.Text.Json.Nodes.JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
