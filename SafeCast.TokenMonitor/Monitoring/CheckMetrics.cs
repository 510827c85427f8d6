using System.Diagnostics.Metrics;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>
/// Records checks as metrics of the meter <see cref="MeterName"/>. Tag values come from the configuration and from enumerations only, never
/// from external data.
/// </summary>
public sealed class CheckMetrics : IDisposable
{
    /// <summary>The name of the meter, to add to a metrics exporter.</summary>
    public const string MeterName = "SafeCast.TokenMonitor";

    private readonly Meter _meter;
    private readonly Gauge<int> _verdict;
    private readonly Gauge<double> _daysLeft;
    private readonly Counter<long> _checks;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _graphCalls;

    /// <summary>Creates the instruments.</summary>
    public CheckMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _meter = meters.Create(MeterName);
        _verdict = _meter.CreateGauge<int>("token_monitor.token.verdict", description: "1 for the token's verdict, 0 for every other verdict.");
        _daysLeft = _meter.CreateGauge<double>("token_monitor.token.days_left", "d", "Days until the token expires; absent if it does not expire.");
        _checks = _meter.CreateCounter<long>("token_monitor.checks", "{check}", "Completed checks.");
        _duration = _meter.CreateHistogram<double>("token_monitor.check.duration", "s", "Duration of a check.");
        _deliveries = _meter.CreateCounter<long>("token_monitor.deliveries", "{message}", "Messages, by channel and outcome.");
        _graphCalls = _meter.CreateCounter<long>("token_monitor.graph.calls", "{call}", "Calls to Graph, retries included, by operation and outcome.");
    }

    /// <summary>Records the results of a check.</summary>
    public void Record(CheckReport report, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (var token in report.Tokens)
        {
            Record(token, now);
        }

        _duration.Record(report.Duration.TotalSeconds);
        _checks.Add(1);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Record(TokenResult token, DateTimeOffset now)
    {
        var name = token.Expectation.Name;
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            _verdict.Record(token.Assessment.Verdict == verdict ? 1 : 0, Tag("token", name), Tag("verdict", verdict.ToString()));
        }

        if (token.Inspection?.Debug?.Value?.ExpiresAt.Moment is { } end)
        {
            _daysLeft.Record(Math.Max(0, (end - now).TotalDays), Tag("token", name));
        }

        foreach (var delivery in token.Deliveries)
        {
            _deliveries.Add(1, Tag("channel", delivery.Channel), Tag("outcome", delivery.Outcome is DeliveryOutcome.Accepted ? "accepted" : "failed"));
        }

        foreach (var call in token.Inspection?.Calls ?? [])
        {
            _graphCalls.Add(call.Attempts, Tag("operation", call.Operation.ToString()), Tag("outcome", Outcome(call)));
        }
    }

    private static string Outcome(GraphCall call) => call.Failure is { } failure ? failure.ToString() : "Answered";

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
