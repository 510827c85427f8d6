using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>
/// Simulates a Workflows webhook, which accepts a message before it validates it. Posted messages are in <see cref="Messages"/>; accepted
/// messages that could not be posted are in <see cref="FailedRuns"/>.
/// </summary>
public sealed class TeamsSimulator : SimulatedService<TeamsCall>
{
    internal const string PathBase = "/teams";

    private const int LargestRequest = 28 * 1024;

    private readonly string _pathAndQuery =
        $"{PathBase}/powerautomate/automations/direct/workflows/{SampleSecrets.HexId("workflow")}/triggers/manual/paths/invoke"
        + $"?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={SampleSecrets.Signature("workflow")}";

    private ImmutableList<TeamsMessage> _messages = [];
    private ImmutableList<FailedRun> _failedRuns = [];

    internal TeamsSimulator(TimeProvider clock)
        : base(clock)
    {
    }

    /// <summary>The URL of the webhook. Calls must use exactly this URL.</summary>
    public string WebhookUrl => $"{BaseUrl.GetLeftPart(UriPartial.Authority)}{_pathAndQuery}";

    /// <summary>The https address of the webhook, with the certificate of the simulation.</summary>
    public string SecureWebhookUrl => $"{SecureBaseUrl.GetLeftPart(UriPartial.Authority)}{_pathAndQuery}";

    /// <summary>The messages that reached the channel, oldest first.</summary>
    public IReadOnlyList<TeamsMessage> Messages => _messages;

    /// <summary>The accepted messages that could not be posted, oldest first.</summary>
    public IReadOnlyList<FailedRun> FailedRuns => _failedRuns;

    /// <summary>Clears <see cref="Messages"/> and <see cref="FailedRuns"/>.</summary>
    public void ClearMessages() => (_messages, _failedRuns) = ([], []);

    private protected override TeamsCall Describe(HttpContext context, PathString path) => new()
    {
        Method = context.Request.Method,

        // The raw target, because the parsed URL no longer shows its encoding.
        HasExactUrl = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget == _pathAndQuery,
    };

    private protected override async Task<Reply> AnswerAsync(TeamsCall call, HttpContext context, PathString path)
    {
        var body = await RequestBody.ReadAsync(context);
        if (!call.HasExactUrl)
        {
            return Reply.Empty(401);
        }

        if (!HttpMethods.IsPost(call.Method))
        {
            return Refusal(404, "TriggerRequestMethodNotValid", $"The HTTP method '{call.Method}' is not the one that the trigger 'manual' expects: 'Post'.");
        }

        if (body.Length > LargestRequest)
        {
            return Refusal(413, "RequestEntityTooLarge", "The request entity is too large.");
        }

        if (!context.Request.HasJsonContentType())
        {
            return Refusal(415, "UnsupportedMediaType", "The content type of the request must be application/json.");
        }

        return Run(body);
    }

    private static Reply Refusal(int status, string code, string message) =>
        Reply.Json(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    private Reply Run(byte[] body)
    {
        JsonNode? message;
        try
        {
            message = JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return Refusal(400, "InvalidRequestContent", "The request content is not valid and could not be deserialized.");
        }

        var at = Clock.GetUtcNow();
        var raw = Encoding.UTF8.GetString(body);
        var (card, reasons) = MessageValidator.Validate(message);
        if (card is null || reasons.Count > 0)
        {
            ImmutableInterlocked.Update(ref _failedRuns, runs => runs.Add(new FailedRun(at, reasons, raw)));
        }
        else
        {
            var posted = new TeamsMessage(at, (message!["summary"] as JsonValue)?.ToString(), card, raw, body.Length);
            ImmutableInterlocked.Update(ref _messages, messages => messages.Add(posted));
        }

        return Reply.Empty(202);
    }
}
