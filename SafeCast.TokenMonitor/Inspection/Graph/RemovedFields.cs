using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>
/// Recognizes that Graph no longer has a requested field. One removed field must not hide the others: the request is sent again without
/// it, and a warning is logged once per process.
/// </summary>
internal sealed partial class RemovedFields(ILogger<RemovedFields> logger)
{
    private readonly ConcurrentDictionary<(GraphOperation Operation, string Field), bool> _reported = [];

    /// <summary>The same request without the field that the error names; null: the error is not about a removed field of this request.</summary>
    public GraphRequest? WithoutRemovedField(GraphRequest request, GraphError? error)
    {
        // On a node of another type the error says that the id is wrong, and not that the field was removed. The type of a list's rows
        // is not documented; if the id of the list's owner is wrong, the error names the list itself, which is no field of the request.
        if (error is not { Code: 100 }
            || NonexistingField().Match(error.Message) is not { Success: true } match
            || (request.NodeTypes.Count > 0 && !request.NodeTypes.Contains(match.Groups["type"].Value))
            || request.Fields.FirstOrDefault(field => field == match.Groups["field"].Value) is not { } removed
            || request.Fields.Count == 1)
        {
            return null;
        }

        if (_reported.TryAdd((request.Operation, removed), true))
        {
            LogFieldRemoved(removed, request.Operation);
        }

        return request.WithFields([.. request.Fields.Where(field => field != removed)]);
    }

    [GeneratedRegex(@"nonexisting field \((?<field>\w+)\) on node type \((?<type>\w+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex NonexistingField();

    [LoggerMessage(22, LogLevel.Warning, "Graph no longer has the field {Field} ({Operation}). The check continues without it; update the monitor.", EventName = "GraphFieldRemoved")]
    private partial void LogFieldRemoved(string field, GraphOperation operation);
}
