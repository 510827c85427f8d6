using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>An error of Graph, or the lack of an answer. All texts are scrubbed, and still untrusted.</summary>
public sealed record GraphError
{
    /// <summary>The class of the error.</summary>
    public required GraphErrorClass Class { get; init; }

    /// <summary>The message of Graph, or the reason why there was no answer.</summary>
    public required string Message { get; init; }

    /// <summary>The error code; null: Graph sent no error.</summary>
    public long? Code { get; init; }

    /// <summary>The subcode. Absent and 0 are the same: null.</summary>
    public long? Subcode { get; init; }

    /// <summary>The HTTP status, which is not reliable; null: there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The title for users, if any.</summary>
    public string? UserTitle { get; init; }

    /// <summary>The message for users, if any.</summary>
    public string? UserMessage { get; init; }

    /// <summary>The reason that the message omits (<c>error_data.details</c>), if any.</summary>
    public string? Details { get; init; }

    /// <summary>The trace ID, which the support of Meta needs.</summary>
    public string? TraceId { get; init; }

    /// <summary>The code and subcode, such as "190/466" or "190"; null: there is no code.</summary>
    [JsonIgnore]
    public string? CodeAndSubcode => (Code, Subcode) switch
    {
        (null, _) => null,
        ({ } code, null) => $"{code}",
        ({ } code, { } subcode) => $"{code}/{subcode}",
    };

    /// <summary>Every call gets the same error: more calls show nothing.</summary>
    [JsonIgnore]
    public bool StopsInspection => Class is GraphErrorClass.Transient or GraphErrorClass.Throttled or GraphErrorClass.Version;

    /// <summary>The error shows nothing: Graph did not answer, asked to retry later, or was asked in the wrong version.</summary>
    [JsonIgnore]
    public bool IsInconclusive => Class is GraphErrorClass.Transient or GraphErrorClass.Throttled or GraphErrorClass.Version or GraphErrorClass.Unknown;

    /// <inheritdoc/>
    public override string ToString() => CodeAndSubcode is { } code ? $"Graph error {code}: {Message}" : Message;

    internal static GraphError NoAnswer(string why, int? httpStatus = null) =>
        new() { Class = GraphErrorClass.Transient, Message = why, HttpStatus = httpStatus };
}
