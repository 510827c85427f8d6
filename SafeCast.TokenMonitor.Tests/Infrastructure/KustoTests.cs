using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>Parses the queries with Microsoft's Kusto parser from npm. Skipped if npm or the parser is not available.</summary>
public sealed class KustoTests
{
    private const string Parser = "@kusto/language-service-next@12.4.1";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(3);

    // The columns that the queries use, from the table reference of Azure Monitor.
    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["AppTraces"] = "(TimeGenerated:datetime, Message:string, Properties:dynamic)",
        ["AppRequests"] = "(TimeGenerated:datetime, Name:string, OperationName:string, Success:bool)",
        ["AppDependencies"] = "(TimeGenerated:datetime, Name:string, OperationName:string, Success:bool)",
        ["AppMetrics"] = "(TimeGenerated:datetime, Name:string, Sum:real, Min:real, Max:real, Properties:dynamic)",
        ["AZKVAuditLogs"] = "(TimeGenerated:datetime, OperationName:string, Identity:dynamic, Id:string, RequestUri:string, CallerIpAddress:string, ResultSignature:string, _ResourceId:string)",
    };

    [SkippableFact]
    public async Task The_queries_are_valid_with_their_tables_and_run_without_them()
    {
        var alerts = Deployment.Of("everything").All("Microsoft.Insights/scheduledQueryRules")
            .ToDictionary(alert => alert.Name, alert => alert.Properties["criteria"]!["allOf"]![0]!["query"]!.GetValue<string>());
        var workbook = JsonNode.Parse(Repository.Read("infra/workbook.json"))!["items"]!.AsArray()
            .Where(item => item!["content"]!["query"] is not null)
            .ToDictionary(item => item!["name"]!.GetValue<string>(), item => item!["content"]!["query"]!.GetValue<string>());
        using var folder = new TemporaryFolder();
        await RunAsync(folder.Path, "", "npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder.Path, Parser);

        var withTables = await DiagnosticsAsync(folder.Path, Tables, alerts.Concat(workbook).Append(new("control", "AppTraces | where Nope == 1")));
        Assert.NotEmpty(withTables["control"]);
        Assert.All(withTables.Where(one => one.Key != "control"), one => Assert.Empty(one.Value));

        // The tables do not exist at the first deployment, and the queries must run without them.
        var withoutTables = await DiagnosticsAsync(folder.Path, [], alerts);
        Assert.DoesNotContain(withoutTables.SelectMany(one => one.Value), message => message.StartsWith("Error", StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, string[]>> DiagnosticsAsync(string folder, Dictionary<string, string> tables, IEnumerable<KeyValuePair<string, string>> queries)
    {
        var input = new JsonObject
        {
            ["tables"] = new JsonObject(tables.Select(table => KeyValuePair.Create(table.Key, (JsonNode?)table.Value))),
            ["queries"] = new JsonObject(queries.Select(query => KeyValuePair.Create(query.Key, (JsonNode?)query.Value))),
        };
        var output = await RunAsync(folder, input.ToJsonString(), "node", Repository.PathOf("SafeCast.TokenMonitor.Tests/Infrastructure/KustoDiagnostics.js"));
        return JsonNode.Parse(output)!.AsObject().ToDictionary(one => one.Key, one => one.Value!.AsArray().Select(message => message!.GetValue<string>()).ToArray());
    }

    private static async Task<string> RunAsync(string folder, string input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_PATH"] = Path.Combine(folder, "node_modules") },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var cancellation = new CancellationTokenSource(CallTimeout);
        try
        {
            using var process = Process.Start(start)!;
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(cancellation.Token);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation.Token);
            await process.WaitForExitAsync(cancellation.Token);
            return process.ExitCode switch
            {
                0 => output,
                _ when program == "npm" => throw new CannotRunHereException($"{Parser} could not be installed from npm."),
                _ => throw new InvalidOperationException(await errors),
            };
        }
        catch (Exception e) when (e is Win32Exception or OperationCanceledException)
        {
            throw new CannotRunHereException($"{program} is not available or did not answer, so the queries cannot be parsed.");
        }
    }
}
