using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.SendGrid;

/// <summary>A mail that was accepted for delivery.</summary>
public sealed record SentMail
{
    /// <summary>What was answered as <c>X-Message-Id</c>.</summary>
    public required string MessageId { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The sender.</summary>
    public required MailAddress From { get; init; }

    /// <summary>All recipients in <c>to</c>, over all personalizations.</summary>
    public required IReadOnlyList<MailAddress> To { get; init; }

    /// <summary>All recipients in <c>cc</c>.</summary>
    public required IReadOnlyList<MailAddress> Cc { get; init; }

    /// <summary>All recipients in <c>bcc</c>.</summary>
    public required IReadOnlyList<MailAddress> Bcc { get; init; }

    /// <summary>The subject: the first personalization's own, or else the message's.</summary>
    public required string Subject { get; init; }

    /// <summary>The text/plain part.</summary>
    public required string? Text { get; init; }

    /// <summary>The text/html part.</summary>
    public required string? Html { get; init; }

    /// <summary>The message's custom arguments, with the first personalization's laid over them.</summary>
    public required IReadOnlyDictionary<string, string> CustomArgs { get; init; }

    /// <summary>The message's headers, with the first personalization's laid over them.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The categories.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The <c>tracking_settings</c> as they came.</summary>
    public required JsonObject? TrackingSettings { get; init; }

    /// <summary>The whole request body.</summary>
    public required string Raw { get; init; }
}
