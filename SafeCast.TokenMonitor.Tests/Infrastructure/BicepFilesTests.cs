using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

public sealed partial class BicepFilesTests
{
    [Fact]
    public void The_table_of_API_versions_lists_exactly_the_versions_in_the_files() => Assert.Equal(
        Files("*.bicep").SelectMany(file => ResourceType().Matches(Repository.Read(file))).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal),
        TableRow().Matches(Repository.Read("docs/deploy.md")).Select(match => $"{match.Groups[1].Value}@{match.Groups[2].Value}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_file_compiles_and_passes_the_linter_without_a_diagnostic() => BicepCli.Run("lint", "--pattern", "infra/**/*.bicep");

    [Fact]
    public async Task The_parameters_file_compiles_without_environment_variables()
    {
        var result = await BicepServer.CompileParametersAsync(Repository.PathOf("infra/main.bicepparam"));

        Assert.True(result.Success);
        Assert.Empty(result.Diagnostics);
    }

    [Theory]
    [InlineData("TOKEN_MONITOR_WATCHERS", "a@contoso.com, b@contoso.com ,", "watcherEmails", """["a@contoso.com","b@contoso.com"]""")]
    [InlineData("TOKEN_MONITOR_EMAIL_TO", " a@contoso.com,b@contoso.com", "email.to", """["a@contoso.com","b@contoso.com"]""")]
    [InlineData("TOKEN_MONITOR_PRIVATE", "True", "privateNetworking", "true")]
    [InlineData("TOKEN_MONITOR_PRIVATE", " 1", "privateNetworking", "true")]
    [InlineData("TOKEN_MONITOR_PRIVATE", "0", "privateNetworking", "false")]
    [InlineData("TOKEN_MONITOR_PRIVATE", "FALSE", "privateNetworking", "false")]
    [InlineData("AZURE_PRINCIPAL_ID", "33333333-3333-3333-3333-333333333333", "vaultOfficerPrincipalId", "\"33333333-3333-3333-3333-333333333333\"")]
    public void The_parameters_file_reads_a_variable_as_people_write_it(string variable, string value, string parameter, string expected)
    {
        var output = BicepCli.RunWith(
            new Dictionary<string, string> { [variable] = value }, Repository.PathOf("."), "build-params", "infra/main.bicepparam", "--stdout");

        var json = JsonNode.Parse(JsonNode.Parse(output)!["parametersJson"]!.GetValue<string>())!["parameters"]!;
        var path = parameter.Split('.');
        var actual = path.Skip(1).Aggregate(json[path[0]]!["value"]!, (node, name) => node[name]!);
        Assert.Equal(expected, actual.ToJsonString());
    }

    // "bicep format" cannot only check, so it formats copies.
    [Fact]
    public void Every_file_is_formatted()
    {
        using var folder = new TemporaryFolder();
        var files = Files("*.bicep").Concat(Files("*.bicepparam")).ToList();
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, file))!);
            folder.Write(file, Repository.Read(file).ReplaceLineEndings("\n"));
        }

        foreach (var pattern in new[] { "**/*.bicep", "**/*.bicepparam" })
        {
            BicepCli.RunIn(folder.Path, "format", "--pattern", pattern, "--newline-kind", "LF");
        }

        Assert.All(files, file => Assert.Equal(File.ReadAllText(Path.Combine(folder.Path, file)), Repository.Read(file).ReplaceLineEndings("\n")));
        Assert.NotEmpty(files);
    }

    [Fact]
    public async Task The_template_of_the_deploy_button_is_the_compiled_Bicep()
    {
        const string Template = "infra/azuredeploy.json";
        var compiled = (await BicepServer.CompileAsync(Repository.PathOf("infra/main.bicep"))).Contents!.ReplaceLineEndings("\n").TrimEnd('\n');
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Repository.PathOf(Template), compiled);
        }

        Assert.True(compiled == Repository.Read(Template).ReplaceLineEndings("\n").TrimEnd('\n'), $"{Template} differs from the compiled infra/main.bicep. To update it, run UPDATE_GOLDEN=1 dotnet test.");
    }

    [Fact]
    public void A_warning_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("unused.bicep", "param unused string\n");

        var failure = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => BicepCli.Run("lint", file));

        Assert.Contains("no-unused-params", failure.Message, StringComparison.Ordinal);
    }

    private static string[] Files(string pattern) =>
        [.. new[] { "infra", "SafeCast.TokenMonitor.Tests/Infrastructure" }
            .SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), pattern, SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.PathOf("."), path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    [GeneratedRegex("'(Microsoft\\.[A-Za-z./]+@[0-9a-z-]+)'")]
    private static partial Regex ResourceType();

    [GeneratedRegex(@"^\| `(Microsoft\.[A-Za-z./]+)` \| ([0-9]{4}-[0-9a-z-]+) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
