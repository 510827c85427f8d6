using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A top-level error of Graph.</summary>
/// <param name="Code">Meta's number.</param>
/// <param name="Message">The text for developers.</param>
public sealed record GraphError(int Code, string Message)
{
    /// <summary>The HTTP status, which is not reliable.</summary>
    public int Status { get; init; } = 400;

    /// <summary>The <c>error_subcode</c>; left out when null.</summary>
    public int? Subcode { get; init; }

    /// <summary>The class of errors.</summary>
    public string Type { get; init; } = "OAuthException";

    /// <summary>The <c>is_transient</c> flag; omitted if null.</summary>
    public bool? IsTransient { get; init; }

    /// <summary>The <c>error_user_title</c>; left out when null.</summary>
    public string? UserTitle { get; init; }

    /// <summary>The <c>error_user_msg</c>; left out when null.</summary>
    public string? UserMessage { get; init; }

    /// <summary>The <c>error_data.details</c>: the reason that the message omits; left out when null.</summary>
    public string? Details { get; init; }

    internal Reply ToReply(string traceId)
    {
        var error = new JsonObject { ["message"] = Message, ["type"] = Type, ["code"] = Code };
        if (Subcode is { } subcode)
        {
            error["error_subcode"] = subcode;
        }

        if (IsTransient is { } isTransient)
        {
            error["is_transient"] = isTransient;
        }

        if (UserTitle is not null)
        {
            error["error_user_title"] = UserTitle;
        }

        if (UserMessage is not null)
        {
            error["error_user_msg"] = UserMessage;
        }

        if (Details is not null)
        {
            error["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = Details };
        }

        error["fbtrace_id"] = traceId;
        return Reply.Json(Status, new JsonObject { ["error"] = error }, GraphSimulator.ContentType);
    }
}
