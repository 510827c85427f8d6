using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>Tests that the README and docs/deploy.md agree with the template.</summary>
public sealed partial class DeployDocumentationTests
{
    private static readonly JsonNode Template = JsonNode.Parse(Repository.Read("infra/azuredeploy.json"))!;

    private static readonly string Guide = Repository.Read("docs/deploy.md");

    [Fact]
    public void The_button_deploys_the_template_of_this_repository()
    {
        var repository = XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("RepositoryUrl").Single().Value;
        var template = $"{repository.Replace("https://github.com/", "https://raw.githubusercontent.com/", StringComparison.Ordinal)}/main/infra/azuredeploy.json";

        Assert.Contains($"https://portal.azure.com/#create/Microsoft.Template/uri/{Uri.EscapeDataString(template)})", Repository.Read("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_README_has_a_row_for_every_alarm()
    {
        var rows = Repository.Read("README.md").Split('\n').SkipWhile(line => !line.StartsWith("| alarm,", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));
        var everything = Deployment.Of("everything");
        var names = everything.All("Microsoft.Insights/scheduledQueryRules").Concat(everything.All("Microsoft.Insights/activityLogAlerts")).Select(alert => Regex.Match(alert.Name, "^alert-(.+)-contoso-tokens-").Groups[1].Value.Replace('-', ' '));

        Assert.Equal(names.Order(StringComparer.Ordinal), rows.Select(row => row.Split('|')[1].Trim()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_guide_names_every_output()
    {
        foreach (var (name, _) in Template["outputs"]!.AsObject())
        {
            Assert.Contains($"`{name}`", Guide, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_parameters_in_the_guide_and_the_README_exist()
    {
        string[] others = ["main.bicep", "main.bicepparam", "systemTopic", "appId", "appSecretName", "businessAccountId", "phoneNumberId"];
        var parameters = Template["parameters"]!.AsObject().Select(parameter => parameter.Key).ToHashSet(StringComparer.Ordinal);
        var mentioned = Parameter().Matches(Guide + Repository.Read("README.md")[Repository.Read("README.md").IndexOf("## Deploy", StringComparison.Ordinal)..])
            .Select(match => match.Groups[1].Value).Except(others).Distinct().ToList();

        Assert.Contains("watcherEmails", mentioned);
        Assert.Contains("checkOnNewVersion", mentioned);
        Assert.Empty(mentioned.Except(parameters));
    }

    [Fact]
    public void The_parameters_file_reads_the_variables_that_the_guide_sets_for_azd()
    {
        var read = Repository.Read("infra/main.bicepparam");

        Assert.All(Variable().Matches(Guide).Select(match => match.Groups[1].Value), name => Assert.Contains($"'{name}'", read, StringComparison.Ordinal));
    }

    // A deployment by someone with permissions only on the group cannot register a missing provider, and would fail.
    [Fact]
    public void The_guide_registers_every_provider_that_a_deployment_uses()
    {
        // Registered in every subscription.
        const string BuiltIn = "Microsoft.Authorization";
        var used = Deployment.Variants.SelectMany(variant => Deployment.Of(variant).Resources).Select(resource => resource.Type.Split('/')[0]).Distinct();

        Assert.Empty(used.Except(Providers().Match(Guide).Groups[1].Value.Split(' ').Select(name => $"Microsoft.{name}")).Except([BuiltIn]));
    }

    // The alarm about alarm rules is raised only for a rule that was available before. For a rule that never ran, only the portal shows it.
    [Fact]
    public void The_guide_asks_to_check_that_each_rule_runs_and_promises_mail_only_for_rules_that_ran()
    {
        var steps = Guide[..Guide.IndexOf("## Alarms", StringComparison.Ordinal)];

        Assert.Contains("\"properties.previousHealthStatus\"", Repository.Read("infra/azuredeploy.json"), StringComparison.Ordinal);
        Assert.Matches(@"\*Alert rules\*.*\*Resource health\*.*became \*Available\*", steps.ReplaceLineEndings(" "));
        Assert.Contains("stops running, having run before", Guide.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_of_the_guide_has_a_target() =>
        Assert.All(
            Link().Matches(Guide).Select(match => match.Groups[1].Value),
            link => Assert.True(Path.Exists(Repository.PathOf(Path.Combine("docs", link))), link));

    // Camel case in a code span: in these texts, only parameters are written like this.
    [GeneratedRegex("`([a-z]+(?:[A-Z][a-z]+)+)(?: = [^`]+)?`")]
    private static partial Regex Parameter();

    [GeneratedRegex("for PROVIDER in ([^;]+);")]
    private static partial Regex Providers();

    [GeneratedRegex(@"azd env set (\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\]\((\.\./[^)#]+)\)")]
    private static partial Regex Link();
}
