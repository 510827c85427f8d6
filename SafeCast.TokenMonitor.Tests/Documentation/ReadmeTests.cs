using System.Text.RegularExpressions;
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
    public void The_table_of_settings_lists_exactly_the_settings_that_exist() => Assert.Equal(
        Keys("TokenMonitor", typeof(TokenMonitorOptions)).Concat([TokenMonitorOptions.ScheduleKey, TokenMonitorOptions.HostStorageKey]).Order(StringComparer.Ordinal),
        Setting().Matches(Repository.Read("docs/configuration.md")).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Keys(string path, Type type) => type switch
    {
        _ when type.IsValueType || type == typeof(string) || type == typeof(Uri) => [path],
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IDictionary<,>) => Keys($"{path}__NAME", type.GenericTypeArguments[1]),
        { IsGenericType: true } => Keys($"{path}__N", type.GenericTypeArguments[0]),
        _ => type.GetProperties().Where(property => property.SetMethod is null or { IsPublic: true }).SelectMany(property => Keys($"{path}__{property.Name}", property.PropertyType)),
    };

    [GeneratedRegex(@"^\| `(TOKEN_MONITOR_SCHEDULE|AzureWebJobsStorage|TokenMonitor__\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
