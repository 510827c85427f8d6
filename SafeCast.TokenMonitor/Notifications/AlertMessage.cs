using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>
/// One message, before it is rendered for a channel. Values in it may have come from outside: they are scrubbed of secrets and
/// are one line each, and a renderer encodes every one of them.
/// </summary>
public sealed record AlertMessage
{
    /// <summary>What kind of message; null: only a test.</summary>
    public required NotificationKind? Kind { get; init; }

    /// <summary>How bad it is; null for a message that reports nothing bad.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The token's configured name; null when the message is about no token.</summary>
    public string? TokenName { get; init; }

    /// <summary>Carries all that a lock screen shows: severity, token, what happened.</summary>
    public required string Subject { get; init; }

    /// <summary>When it was seen, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What stands above the first step.</summary>
    public required AlertSummary Summary { get; init; }

    /// <summary>What to tell, the worst first; never empty.</summary>
    public required IReadOnlyList<AlertSection> Sections { get; init; }

    /// <summary>The incident that it is about, for people to find its messages by; null: none.</summary>
    public string? IncidentId { get; init; }

    /// <summary>Since when, and what has happened since people last heard: labelled rows.</summary>
    public IReadOnlyList<LabelledValue> Timeline { get; init; } = [];

    /// <summary>What is known of the token: fingerprint, app, system user, ...</summary>
    public IReadOnlyList<LabelledValue> Facts { get; init; } = [];

    /// <summary>What this check does not know, each a sentence.</summary>
    public IReadOnlyList<string> Unknowns { get; init; } = [];

    /// <summary>Pages to open, beside those of the steps.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>Which monitor is talking.</summary>
    public required string Origin { get; init; }

    /// <summary>What happens next.</summary>
    public required string Next { get; init; }

    /// <summary>What was left out to make it fit, each a sentence.</summary>
    public IReadOnlyList<string> Cuts { get; init; } = [];

    /// <summary>The words that every message has.</summary>
    public required CommonText Common { get; init; }
}
