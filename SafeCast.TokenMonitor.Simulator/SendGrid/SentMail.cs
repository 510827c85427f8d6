using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.SendGrid;

/// <summary>A mail that was accepted for delivery.</summary>
public sealed record SentMail
{
    /// <summary>The <c>X-Message-Id</c> of the answer.</summary>
    public required string MessageId { get; init; }

    /// <summary>The time when it was accepted.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The sender.</summary>
    public required MailAddress From { get; init; }

    /// <summary>All recipients in <c>to</c>, over all personalizations.</summary>
    public required IReadOnlyList<MailAddress> To { get; init; }

    /// <summary>All recipients in <c>cc</c>.</summary>
    public required IReadOnlyList<MailAddress> Cc { get; init; }

    /// <summary>All recipients in <c>bcc</c>.</summary>
    public required IReadOnlyList<MailAddress> Bcc { get; init; }

    /// <summary>The subject: of the first personalization, or else of the message.</summary>
    public required string Subject { get; init; }

    /// <summary>The text/plain part.</summary>
    public required string? Text { get; init; }

    /// <summary>The text/html part.</summary>
    public required string? Html { get; init; }

    /// <summary>The custom arguments of the message, overridden by those of the first personalization.</summary>
    public required IReadOnlyDictionary<string, string> CustomArgs { get; init; }

    /// <summary>The headers of the message, overridden by those of the first personalization.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The categories.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The <c>tracking_settings</c>.</summary>
    public required JsonObject? TrackingSettings { get; init; }

    /// <summary>The whole request body.</summary>
    public required string Raw { get; init; }
}
