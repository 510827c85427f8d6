using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Tests.Support;

/// <summary>
/// Whole outputs that are kept in files beside the tests. After a change that is meant, run the tests once with UPDATE_GOLDEN=1
/// in the environment, which writes the files again, and read the diff.
/// </summary>
internal static class Golden
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Holds a text against the file of this name below the test project.</summary>
    public static void Matches(string file, string actual)
    {
        var path = Repository.PathOf($"SafeCast.TokenMonitor.Tests/{file}");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (expected != actual)
        {
            Assert.Fail($"{file} differs from {FirstDifference(expected.Split('\n'), actual.Split('\n'))}\nIf that is meant: UPDATE_GOLDEN=1 dotnet test, then read the diff.");
        }
    }

    /// <summary>The same for JSON, laid out to be read; the order of the properties counts.</summary>
    public static void Matches(string file, JsonNode actual) =>
        Matches(file, actual.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n");

    private static string FirstDifference(string[] expected, string[] actual)
    {
        var line = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1} on:\n  file: {expected.ElementAtOrDefault(line) ?? "(ends)"}\n  now:  {actual.ElementAtOrDefault(line) ?? "(ends)"}";
    }
}
