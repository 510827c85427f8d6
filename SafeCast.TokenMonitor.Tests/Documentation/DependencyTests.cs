using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Documentation;

/// <summary>Tests that the folders of the library use only the folders that the table in CONTRIBUTING.md lists.</summary>
public sealed partial class DependencyTests
{
    private const string Library = "SafeCast.TokenMonitor";

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Allowed = ReadTable();

    private static readonly string[] Existing =
        [.. Directory.GetDirectories(Repository.PathOf(Library)).Select(path => Path.GetFileName(path)).Except(["bin", "obj"])];

    public static TheoryData<string> Folders => [.. Existing];

    [Fact]
    public void The_table_lists_exactly_the_folders_of_the_library() =>
        Assert.Equal(Existing.Order(), Allowed.Keys.Order());

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_exactly_the_folders_in_the_table(string folder)
    {
        var used = Directory
            .EnumerateFiles(Repository.PathOf($"{Library}/{folder}"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Using().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Distinct()
            .Where(other => other != folder);

        Assert.Equal(Allowed[folder].Order(), used.Order());
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadTable()
    {
        var table = new Dictionary<string, IReadOnlyList<string>>();
        foreach (Match row in Row().Matches(Repository.Read("CONTRIBUTING.md")))
        {
            table[row.Groups[1].Value] = row.Groups[2].Value.Trim() is "all of the above"
                ? [.. table.Keys]
                : [.. Name().Matches(row.Groups[2].Value).Select(name => name.Groups[1].Value)];
        }

        return table;
    }

    [GeneratedRegex(@"^\| `(\w+)/` \|[^|]*\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"^using (?:static )?SafeCast\.TokenMonitor\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();
}
