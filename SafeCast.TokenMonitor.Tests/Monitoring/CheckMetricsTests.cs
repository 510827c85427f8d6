using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

public sealed class CheckMetricsTests
{
    [Fact]
    public async Task The_instruments_keep_their_names_kinds_and_units()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var metrics = new Metrics(monitor);

        Assert.Equal(
            [
                "token_monitor.check.duration Histogram [s]",
                "token_monitor.checks Counter [{check}]",
                "token_monitor.deliveries Counter [{message}]",
                "token_monitor.graph.calls Counter [{call}]",
                "token_monitor.token.days_left Gauge [d]",
                "token_monitor.token.verdict Gauge []",
            ],
            metrics.Instruments.Order(StringComparer.Ordinal));
        Assert.Equal("SafeCast.TokenMonitor", CheckMetrics.MeterName);
    }

    [Fact]
    public async Task A_healthy_check_counts_itself_its_verdict_and_its_calls()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var metrics = new Metrics(monitor);

        await monitor.CheckAsync();

        Assert.Equal(
            [
                "token_monitor.checks{} 1",
                "token_monitor.graph.calls{operation=AssignedUsers,outcome=Answered} 1",
                "token_monitor.graph.calls{operation=BusinessAccount,outcome=Answered} 1",
                "token_monitor.graph.calls{operation=DebugToken,outcome=Answered} 1",
                "token_monitor.graph.calls{operation=Me,outcome=Answered} 1",
                "token_monitor.graph.calls{operation=Owner,outcome=Answered} 1",
                "token_monitor.graph.calls{operation=PhoneNumber,outcome=Answered} 1",
                "token_monitor.graph.calls{operation=PhoneNumbers,outcome=Answered} 1",
                "token_monitor.graph.calls{operation=SubscribedApps,outcome=Answered} 1",
                "token_monitor.token.verdict{token=production,verdict=AtRisk} 0",
                "token_monitor.token.verdict{token=production,verdict=Broken} 0",
                "token_monitor.token.verdict{token=production,verdict=Healthy} 1",
                "token_monitor.token.verdict{token=production,verdict=Unknown} 0",
            ],
            metrics.Measured);
        Assert.InRange(metrics.Duration, 0.001, 60);
    }

    [Fact]
    public async Task A_broken_check_counts_its_deliveries_by_channel_and_outcome()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var metrics = new Metrics(monitor);
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        ChannelFailures.OfTeams["the workflow was deleted"](monitor);

        await monitor.CheckAsync();

        Assert.Equal(
            [
                "token_monitor.checks{} 1",
                "token_monitor.deliveries{channel=Teams,outcome=failed} 1",
                "token_monitor.deliveries{channel=e-mail,outcome=accepted} 1",
                "token_monitor.graph.calls{operation=DebugToken,outcome=Answered} 1",
                "token_monitor.token.verdict{token=production,verdict=AtRisk} 0",
                "token_monitor.token.verdict{token=production,verdict=Broken} 1",
                "token_monitor.token.verdict{token=production,verdict=Healthy} 0",
                "token_monitor.token.verdict{token=production,verdict=Unknown} 0",
            ],
            metrics.Measured);
    }

    [Fact]
    public async Task A_check_that_could_not_find_out_counts_every_attempt_by_what_it_failed_of()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var metrics = new Metrics(monitor);
        monitor.Simulation.Graph.Script(GraphFault.Unavailable());

        await monitor.CheckAsync();

        Assert.Equal(
            [
                "token_monitor.checks{} 1",
                "token_monitor.graph.calls{operation=DebugToken,outcome=Transient} 3",
                "token_monitor.token.verdict{token=production,verdict=AtRisk} 0",
                "token_monitor.token.verdict{token=production,verdict=Broken} 0",
                "token_monitor.token.verdict{token=production,verdict=Healthy} 0",
                "token_monitor.token.verdict{token=production,verdict=Unknown} 1",
            ],
            metrics.Measured);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(-20, 0)]
    public async Task The_days_that_are_left_are_measured_for_a_token_with_an_end_and_are_never_below_zero(int daysFromNow, int left)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var metrics = new Metrics(monitor);
        monitor.World.Token.ExpiresAt = TokenTroubles.In(daysFromNow);

        await monitor.CheckAsync();

        Assert.Equal(left, metrics.DaysLeft, 2);
    }

    /// <summary>What this monitor's own meter measures; tests that run beside it have meters of the same name.</summary>
    private sealed class Metrics : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<string> _measured = [];
        private readonly Lock _gate = new();

        public Metrics(SimulatedMonitor monitor)
        {
            var factory = monitor.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == CheckMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    Instruments.Add($"{instrument.Name} {instrument.GetType().Name.Split('`')[0]} [{instrument.Unit}]");
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
            {
                if (instrument.Name == "token_monitor.check.duration")
                {
                    Duration = value;
                }
                else
                {
                    DaysLeft = value;
                }
            });
            _listener.Start();
            monitor.Services.GetRequiredService<CheckMetrics>();
        }

        public List<string> Instruments { get; } = [];

        public IEnumerable<string> Measured => _measured.Order(StringComparer.Ordinal);

        public double Duration { get; private set; } = double.NaN;

        public double DaysLeft { get; private set; } = double.NaN;

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var names = tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}");
            lock (_gate)
            {
                _measured.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Name}{{{string.Join(',', names)}}} {value}"));
            }
        }
    }
}
