using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Notifications;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>The results of one check.</summary>
public sealed record CheckReport
{
    /// <summary>The name of the monitor that ran the check.</summary>
    public required string MonitorName { get; init; }

    /// <summary>When the check started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The duration of the check.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>A result for each configured token, in the configuration's order.</summary>
    public required IReadOnlyList<TokenResult> Tokens { get; init; }

    /// <summary>The status of each channel.</summary>
    public required IReadOnlyList<ChannelResult> Channels { get; init; }

    /// <summary>
    /// The reasons why an alert was not delivered, could not be if one were due, or may be repeated because the state could not be written.
    /// Empty: there are none.
    /// </summary>
    public IEnumerable<string> NotificationFailures =>
        Tokens.SelectMany(token => token.Deliveries)
            .Where(delivery => delivery.Failure is not null)
            .Select(delivery => $"{delivery.Channel}: {delivery.Failure}")
            .Concat(Tokens.Select(token => token.IncidentResult?.Unwritten).OfType<string>().Select(failure => $"state: {failure}"))
            .Concat(Channels.Where(channel => channel.Fault is not null).Select(channel => $"{channel.Name}: {channel.Fault}"))
            .Distinct(StringComparer.Ordinal);

    /// <summary>Throws if there are any <see cref="NotificationFailures">notification failures</see>.</summary>
    /// <exception cref="NotificationFailedException">An alert was not delivered, or could not be if one were due.</exception>
    public void ThrowIfNotificationFailed()
    {
        if (NotificationFailures.ToList() is { Count: > 0 } reasons)
        {
            throw new NotificationFailedException(reasons);
        }
    }
}

/// <summary>The results of one token.</summary>
/// <param name="Expectation">The expected properties of the token.</param>
/// <param name="Inspection">The facts; null if an unexpected error occurred.</param>
/// <param name="Assessment">The assessment of the facts.</param>
/// <param name="IncidentResult">The alerts and the state; null if the check sends no alerts.</param>
public sealed record TokenResult(
    TokenExpectation Expectation,
    TokenInspection? Inspection,
    TokenAssessment Assessment,
    IncidentResult? IncidentResult = null)
{
    /// <summary>The messages that were sent.</summary>
    public IReadOnlyList<Delivery> Deliveries => IncidentResult?.Deliveries ?? [];
}

/// <summary>The delivery of one message on one channel.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Duration">The duration of the attempt.</param>
public sealed record Delivery(string Channel, DeliveryOutcome Outcome, TimeSpan Duration)
{
    /// <summary>The reason why the message was not accepted; null: it was accepted.</summary>
    public string? Failure => (Outcome as DeliveryOutcome.Failed)?.Reason;
}

/// <summary>The status of a channel.</summary>
/// <param name="Name">The channel's name.</param>
/// <param name="Fault">The problem to fix before the channel can send; null: no problem is known.</param>
public sealed record ChannelResult(string Name, string? Fault);
