using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>The envelope around the card.</summary>
internal static class MessageValidator
{
    private const string CardType = "application/vnd.microsoft.card.adaptive";

    public static (JsonObject? Card, IReadOnlyList<string> Reasons) Validate(JsonNode? message)
    {
        if (message is not JsonObject envelope || envelope["type"]?.ToString() != "message")
        {
            return (null, ["type: must be \"message\""]);
        }

        if (envelope["attachments"] is not JsonArray { Count: > 0 } attachments)
        {
            return (null, ["attachments: the flow posts one card for each, and there is none"]);
        }

        if (attachments is not [JsonObject attachment])
        {
            return (null, ["attachments: must hold exactly one object in this simulator"]);
        }

        if (attachment["contentType"]?.ToString() != CardType)
        {
            return (null, [$"attachments[0].contentType: must be \"{CardType}\""]);
        }

        return attachment["content"] is JsonObject card
            ? (card, CardValidator.Validate(card))
            : (null, ["attachments[0].content: must be a card, an object"]);
    }
}
