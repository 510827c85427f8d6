using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.SendGrid;

/// <summary>One entry of SendGrid's <c>errors</c>.</summary>
internal sealed record MailError(string Message, string? Field = null, string? Anchor = null)
{
    private const string Help = "http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.";

    public static Reply Reply(int status, params IEnumerable<MailError> errors) =>
        Simulator.Reply.Json(status, new JsonObject { ["errors"] = new JsonArray([.. errors.Select(error => error.ToJson())]) });

    private JsonObject ToJson() => new() { ["message"] = Message, ["field"] = Field, ["help"] = Anchor is null ? null : Help + Anchor };
}
