using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Notifications;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>What one check saw, thought, and told.</summary>
public sealed record CheckReport
{
    /// <summary>Which monitor checked.</summary>
    public required string MonitorName { get; init; }

    /// <summary>When the check began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>A result for each configured token, in the configuration's order.</summary>
    public required IReadOnlyList<TokenResult> Tokens { get; init; }

    /// <summary>How each channel stands.</summary>
    public required IReadOnlyList<ChannelResult> Channels { get; init; }

    /// <summary>
    /// Why somebody who had to be told was not, or could not be if it came to it, or may be told twice because nothing could be
    /// remembered; none: all is well.
    /// </summary>
    public IEnumerable<string> NotificationFailures =>
        Tokens.SelectMany(token => token.Deliveries)
            .Where(delivery => delivery.Failure is not null)
            .Select(delivery => $"{delivery.Channel}: {delivery.Failure}")
            .Concat(Tokens.Select(token => token.IncidentResult?.Unwritten).OfType<string>().Select(failure => $"memory: {failure}"))
            .Concat(Channels.Where(channel => channel.Fault is not null).Select(channel => $"{channel.Name}: {channel.Fault}"))
            .Distinct(StringComparer.Ordinal);

    /// <summary>Throws when there is any <see cref="NotificationFailures">telling failure</see>.</summary>
    /// <exception cref="NotificationFailedException">Somebody was not told, or could not be.</exception>
    public void ThrowIfNotificationFailed()
    {
        if (NotificationFailures.ToList() is { Count: > 0 } reasons)
        {
            throw new NotificationFailedException(reasons);
        }
    }
}

/// <summary>One token's part of a check.</summary>
/// <param name="Expectation">What it should be.</param>
/// <param name="Inspection">The facts; null when finding them failed in a way that nobody foresaw.</param>
/// <param name="Assessment">What they mean.</param>
/// <param name="IncidentResult">What was told and remembered; null when nothing was to be.</param>
public sealed record TokenResult(
    TokenExpectation Expectation,
    TokenInspection? Inspection,
    TokenAssessment Assessment,
    IncidentResult? IncidentResult = null)
{
    /// <summary>Who was told.</summary>
    public IReadOnlyList<Delivery> Deliveries => IncidentResult?.Deliveries ?? [];
}

/// <summary>One message on one channel.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Duration">How long it took.</param>
public sealed record Delivery(string Channel, DeliveryOutcome Outcome, TimeSpan Duration)
{
    /// <summary>Why it was not accepted; null: it was.</summary>
    public string? Failure => (Outcome as DeliveryOutcome.Failed)?.Reason;
}

/// <summary>How a channel stands.</summary>
/// <param name="Name">The channel's name.</param>
/// <param name="Fault">What has to be mended before it can send anything; null: nothing known.</param>
public sealed record ChannelResult(string Name, string? Fault);
