using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>Why Graph did not answer what was asked. All texts are scrubbed, and still untrusted.</summary>
public sealed record GraphError
{
    /// <summary>What it is about.</summary>
    public required GraphErrorClass Class { get; init; }

    /// <summary>Graph's message, or in our words why there was no answer.</summary>
    public required string Message { get; init; }

    /// <summary>Graph's code; null when no Graph error came.</summary>
    public long? Code { get; init; }

    /// <summary>Graph's subcode. Absent and 0 are the same: null.</summary>
    public long? Subcode { get; init; }

    /// <summary>The HTTP status, which is not dependable; null when no answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The title that Graph has for people, if any.</summary>
    public string? UserTitle { get; init; }

    /// <summary>The message that Graph has for people, if any.</summary>
    public string? UserMessage { get; init; }

    /// <summary>What Meta's support asks for.</summary>
    public string? TraceId { get; init; }

    /// <summary>"190/466", "190", or null when no code came.</summary>
    [JsonIgnore]
    public string? CodeAndSubcode => (Code, Subcode) switch
    {
        (null, _) => null,
        ({ } code, null) => $"{code}",
        ({ } code, { } subcode) => $"{code}/{subcode}",
    };

    /// <summary>No verdict can rest on it: Graph did not say, or said "later".</summary>
    [JsonIgnore]
    public bool SaysNothing => Class is GraphErrorClass.Transient or GraphErrorClass.Throttled or GraphErrorClass.Unknown;

    /// <inheritdoc/>
    public override string ToString() => CodeAndSubcode is { } code ? $"Graph error {code}: {Message}" : Message;

    internal static GraphError NoAnswer(string why, int? httpStatus = null) =>
        new() { Class = GraphErrorClass.Transient, Message = why, HttpStatus = httpStatus };
}
