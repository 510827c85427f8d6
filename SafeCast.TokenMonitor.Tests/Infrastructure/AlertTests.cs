using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>Tests the alarms for the monitor itself: their queries use only events, values and metrics that the code emits.</summary>
public sealed partial class AlertTests
{
    // The placeholders of each log event, by event name.
    private static readonly Dictionary<string, string[]> Events = typeof(ITokenMonitor).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
        .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
        .OfType<LoggerMessageAttribute>()
        .ToDictionary(line => line.EventName!, line => Placeholder().Matches(line.Message).Select(match => match.Groups[1].Value).ToArray());

    public static TheoryData<string> Variants => new(Deployment.Variants);

    private static string Workbook => Repository.Read("infra/workbook.json");

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_alarm_sends_mail_and_works_before_its_tables_exist(string variant)
    {
        var deployment = Deployment.Of(variant);
        var group = deployment.The("Microsoft.Insights/actionGroups");
        var alerts = deployment.All("Microsoft.Insights/scheduledQueryRules").ToList();

        Assert.All(alerts, alert =>
        {
            Assert.Equal(group.Id, Assert.Single(alert.Properties["actions"]!["actionGroups"]!.AsArray())!.GetValue<string>());
            Assert.Equal(deployment.The("Microsoft.OperationalInsights/workspaces").Id, Assert.Single(alert.Properties["scopes"]!.AsArray())!.GetValue<string>());
            Assert.Equal(("true", "true", "true"), (alert["enabled"], alert["skipQueryValidation"], alert["autoMitigate"]));
            Assert.Contains("union isfuzzy=true", Query(alert), StringComparison.Ordinal);
            Assert.DoesNotMatch(@"(?<!dynamic\()\{[a-zA-Z]+\}", Query(alert));
        });
        Assert.Equal(variant is "everything" or "private-existing-vault" ? 5 : 4, alerts.Count);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void An_alarm_rule_that_stops_working_is_reported_to_the_same_recipients(string variant)
    {
        var deployment = Deployment.Of(variant);
        var ruleHealth = deployment.The("Microsoft.Insights/activityLogAlerts");
        var rules = deployment.All("Microsoft.Insights/scheduledQueryRules").ToList();
        var conditions = ruleHealth.Properties["condition"]!["allOf"]!.AsArray()
            .SelectMany(condition => condition!["anyOf"]?.AsArray().ToList() ?? [condition])
            .Select(condition => $"{condition!["field"]}: {condition["equals"]}");

        Assert.Equal(deployment.The("Microsoft.Insights/actionGroups").Id, Assert.Single(ruleHealth.Properties["actions"]!["actionGroups"]!.AsArray())!["actionGroupId"]!.GetValue<string>());
        Assert.Equal("true", ruleHealth["enabled"]);
        Assert.Equal(
            rules.Select(rule => rule.Id).Order(StringComparer.Ordinal),
            ruleHealth.Properties["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["category: ResourceHealth", "status: Active", "properties.previousHealthStatus: Available", "properties.currentHealthStatus: Unavailable", "properties.currentHealthStatus: Degraded"],
            conditions);
        // Azure does not report the health of rules that run less often: log-alert-rule-health, "View health".
        Assert.All(rules, rule => Assert.Equal("PT15M", rule["evaluationFrequency"]));
    }

    [Fact]
    public void Every_recipient_gets_the_mails()
    {
        var receivers = Deployment.Of("everything").The("Microsoft.Insights/actionGroups").Properties["emailReceivers"]!.AsArray();

        Assert.Equal(["platform@contoso.com", "lead@contoso.com"], receivers.Select(receiver => receiver!["emailAddress"]!.GetValue<string>()));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_queries_use_only_events_and_values_that_the_code_emits(string variant)
    {
        foreach (var query in Deployment.Of(variant).All("Microsoft.Insights/scheduledQueryRules").Select(Query))
        {
            AssertUsesKnownNames(query);
        }
    }

    [Fact]
    public void The_workbook_uses_only_events_and_metrics_that_the_code_emits()
    {
        using var provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var instruments = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => instruments.Add(instrument.Name) };
        using var metrics = new CheckMetrics(provider.GetRequiredService<IMeterFactory>());
        listener.Start();
        var queries = System.Text.Json.Nodes.JsonNode.Parse(Workbook)!["items"]!.AsArray().Select(item => item!["content"]!["query"]?.GetValue<string>()).OfType<string>().ToList();

        Assert.All(queries, AssertUsesKnownNames);
        var used = queries.SelectMany(query => MetricName().Matches(query)).Select(match => match.Groups[1].Value).ToList();
        Assert.Contains("token_monitor.token.days_left", used);
        Assert.Contains("token_monitor.deliveries", used);
        Assert.Empty(used.Except(instruments));
    }

    [Fact]
    public void The_no_check_query_returns_a_row_when_there_is_no_data()
    {
        var query = Query(Alert("smallest", "no-check"));

        // Without "by", summarize returns one row for no input, and the filter keeps it because LastCheck is null.
        Assert.Matches(@"\| summarize LastCheck = max\(TimeGenerated\)\n\| where \(isnull\(LastCheck\) or LastCheck < since\)", query);
        Assert.Contains("\"CheckCompleted\"", query, StringComparison.Ordinal);
        Assert.Equal(("Count", "GreaterThan", "0"), Criterion(Alert("smallest", "no-check")));
    }

    [Theory]
    [InlineData("smallest", "PT3H", "ago(3h)")]
    [InlineData("everything", "PT6H", "ago(6h)")]
    public void The_no_check_period_is_the_configured_one(string variant, string window, string ago)
    {
        Assert.Equal(window, Alert(variant, "no-check")["windowSize"]);
        Assert.Contains(ago, Query(Alert(variant, "no-check")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_deployment_raises_no_alarm_before_its_first_check() =>
        Assert.Contains("datetime(2026-11-22T21:00:00Z) < since", Query(Alert("smallest", "no-check")), StringComparison.Ordinal);

    [Fact]
    public void Monitor_down_is_raised_per_token_after_the_configured_number_of_unknown_checks()
    {
        var alert = Alert("everything", "monitor-down");

        Assert.Contains("Checks == 4 and Unknown == 4", Query(alert), StringComparison.Ordinal);
        Assert.Contains($"Verdict == \"{nameof(Verdict.Unknown)}\"", Query(alert), StringComparison.Ordinal);
        Assert.Equal("P2D", alert["windowSize"]);
        Assert.Equal("Token", alert.Properties["criteria"]!["allOf"]![0]!["dimensions"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void A_failed_invocation_of_every_function_raises_the_alarm()
    {
        var functions = Directory.GetFiles(Repository.PathOf("SafeCast.TokenMonitor.Functions"), "*.cs")
            .SelectMany(file => FunctionName().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToList();

        Assert.Contains("HourlyCheck", functions);
        Assert.All(functions, name => Assert.Contains($"\"{name}\"", Query(Alert("smallest", "invocation-failed")), StringComparison.Ordinal));
    }

    [Fact]
    public void Vault_reads_raise_an_alarm_only_when_enabled_and_only_for_unexpected_readers()
    {
        Assert.DoesNotContain(Deployment.Of("smallest").All("Microsoft.Insights/scheduledQueryRules"), alert => alert.Name.Contains("vault-reads", StringComparison.Ordinal));

        var query = Query(Alert("everything", "vault-reads"));
        Assert.Contains($"tolower(\"{ArmExpression.PrincipalId}\")", query, StringComparison.Ordinal);
        Assert.Contains("dynamic([\"44444444-4444-4444-4444-444444444444\"])", query, StringComparison.Ordinal);
        Assert.Contains("[\"whatsapp-system-user-token\",\"whatsapp-staging-token\",\"whatsapp-app-secret\",\"whatsapp-staging-app-secret\",\"sendgrid-api-key\",\"teams-webhook-url\"]", query, StringComparison.Ordinal);
        Assert.Contains($"_ResourceId =~ \"{Deployment.Of("everything").The("Microsoft.KeyVault/vaults").Id}\"", query, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vault_officer_who_is_a_user_is_an_expected_reader_and_a_group_is_not()
    {
        Assert.Contains("dynamic([\"66666666-6666-6666-6666-666666666666\"])", Query(Alert("private-existing-vault", "vault-reads")), StringComparison.Ordinal);
        Assert.DoesNotContain("33333333-3333-3333-3333-333333333333", Query(Alert("everything", "vault-reads")), StringComparison.Ordinal);
    }

    // The secret may not be a token, and revoking a token may also revoke its successor: the runbook explains each case.
    [Fact]
    public void The_vault_reads_alarm_links_to_the_runbook_and_does_not_suggest_revoking()
    {
        var description = Alert("everything", "vault-reads").Properties["description"]!.GetValue<string>();

        Assert.EndsWith("If not, treat the secret as leaked: see alarm-vault-read in the runbook.", description, StringComparison.Ordinal);
        Assert.Contains("### alarm-vault-read\n", Repository.Read("docs/runbook.md").ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("revoke", description, StringComparison.Ordinal);
    }

    private static void AssertUsesKnownNames(string query)
    {
        var used = EventName().Matches(query).SelectMany(match => Quoted().Matches(match.Value)).Select(match => match.Groups[1].Value).ToList();
        Assert.All(used, name => Assert.Contains(name, Events.Keys));
        var values = used.SelectMany(name => Events[name]).ToHashSet(StringComparer.Ordinal);
        if (query.StartsWith("AppTraces", StringComparison.Ordinal) || query.Contains("union isfuzzy=true AppTraces", StringComparison.Ordinal))
        {
            Assert.NotEmpty(used);
            Assert.All(Property().Matches(query).Select(match => match.Groups[1].Value).Where(name => name != "EventName"), name => Assert.Contains(name, values));
        }
    }

    private static Resource Alert(string variant, string name) =>
        Assert.Single(Deployment.Of(variant).All("Microsoft.Insights/scheduledQueryRules"), alert => alert.Name.StartsWith($"alert-{name}-", StringComparison.Ordinal));

    private static string Query(Resource alert) => alert.Properties["criteria"]!["allOf"]![0]!["query"]!.GetValue<string>();

    private static (string, string, string) Criterion(Resource alert)
    {
        var criterion = alert.Properties["criteria"]!["allOf"]![0]!;
        return (criterion["timeAggregation"]!.ToString(), criterion["operator"]!.ToString(), criterion["threshold"]!.ToString());
    }

    [GeneratedRegex(@"\[Function\(nameof\((\w+)\)\)\]")]
    private static partial Regex FunctionName();

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Placeholder();

    // Every comparison with an event name: Properties.EventName, or the column Event.
    [GeneratedRegex("""(EventName\)|\bEvent) (== "\w+"|in \([^)]*\))""")]
    private static partial Regex EventName();

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("Name == \"(token_monitor[^\"]*)\"")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\bProperties\.(\w+)")]
    private static partial Regex Property();
}
