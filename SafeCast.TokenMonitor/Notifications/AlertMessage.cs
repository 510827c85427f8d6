using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>
/// A message, before it is rendered for a channel. Values may come from outside: they are scrubbed of secrets and have one line, and
/// renderers encode them.
/// </summary>
public sealed record AlertMessage
{
    /// <summary>The kind of message; null: a test message.</summary>
    public required NotificationKind? Kind { get; init; }

    /// <summary>The severity; null: the message reports no problem.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The name of the token; null: the message is not about a token.</summary>
    public string? TokenName { get; init; }

    /// <summary>The subject, for the lock screen: severity, token, what happened.</summary>
    public required string Subject { get; init; }

    /// <summary>The time of the observation, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The first lines, above the first step.</summary>
    public required AlertSummary Summary { get; init; }

    /// <summary>The sections, most severe first; never empty.</summary>
    public required IReadOnlyList<AlertSection> Sections { get; init; }

    /// <summary>The id of the incident, to find its messages; null: none.</summary>
    public string? IncidentId { get; init; }

    /// <summary>The start, and the changes since the last message.</summary>
    public IReadOnlyList<LabelledValue> Timeline { get; init; } = [];

    /// <summary>Facts about the token: fingerprint, app, system user and others.</summary>
    public IReadOnlyList<LabelledValue> Facts { get; init; } = [];

    /// <summary>The facts that the check could not determine, as sentences.</summary>
    public IReadOnlyList<string> Unknowns { get; init; } = [];

    /// <summary>Links in addition to those of the steps.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>The monitor that sends the message.</summary>
    public required string Origin { get; init; }

    /// <summary>What happens next.</summary>
    public required string Next { get; init; }

    /// <summary>The omissions that were needed to fit the channel, as sentences.</summary>
    public IReadOnlyList<string> Cuts { get; init; } = [];

    /// <summary>The words of every message.</summary>
    public required CommonText Common { get; init; }
}
