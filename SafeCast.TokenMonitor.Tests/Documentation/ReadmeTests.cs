using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Documentation;

public sealed partial class ReadmeTests
{
    private static readonly string Readme = Repository.Read("README.md");

    [Fact]
    public void The_table_of_findings_lists_every_finding_with_its_severity()
    {
        foreach (var definition in FindingCatalogue.All)
        {
            var row = Assert.Single(Readme.Split('\n'), line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|')[1].Contains($"`{definition.Id}`", StringComparison.Ordinal));
            Assert.StartsWith(definition.Severity.ToString().ToLowerInvariant(), row.Split('|')[2].Trim(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_table_of_settings_lists_exactly_the_settings_that_are_read()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["TokenMonitor:Tokens:NAME:SecretName"] = "whatsapp-system-user-token",
            ["TokenMonitor:Tokens:NAME:RequiredScopes:N"] = "whatsapp_business_messaging",
            ["TokenMonitor:Tokens:NAME:Ignore:N"] = "token-expires",
            ["TokenMonitor:Email:To:N"] = "oncall@contoso.com",
            ["TokenMonitor:Teams:WebhookUrlSecretName"] = "teams-webhook-url",
        }).Build();
        var source = new ConfigurationSource(configuration);
        SettingsReader.Read(source, configuration, MonitorHosting.Terminal);

        // Lists and tokens have no value. The reader queries them to detect a value that was set by mistake.
        string[] parents = ["TokenMonitor__Tokens__NAME", "TokenMonitor__Tokens__NAME__RequiredScopes", "TokenMonitor__Tokens__NAME__Ignore", "TokenMonitor__Email__To"];
        var read = source.ReadPaths.Select(path => path.Replace(":", "__", StringComparison.Ordinal)).Except(parents);

        Assert.Equal(read.Order(StringComparer.Ordinal), Setting().Matches(Repository.Read("docs/configuration.md")).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `(TOKEN_MONITOR_SCHEDULE|AzureWebJobsStorage|TokenMonitor__\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
