using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Tests.Incidents.Stores;
using SafeCast.TokenMonitor.Tests.Incidents.Years;
using SafeCast.TokenMonitor.Tests.Support;
using Xunit.Abstractions;
using HourlyMonitor = SafeCast.TokenMonitor.Monitoring.TokenMonitor;

namespace SafeCast.TokenMonitor.Tests.Incidents;

/// <summary>A year of hourly checks: every problem sends an alert within one check on every channel that accepts it, and nothing else does.</summary>
public sealed class YearTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_year_of_troubles_is_reported_without_a_miss_a_false_alarm_or_a_needless_repeat(int seed)
    {
        var script = new YearScript(seed);
        var book = new YearBook(script);
        var time = new FakeTimeProvider(YearScript.Start - TimeSpan.FromHours(1));
        var documents = new FakeDocumentStore();
        INotificationChannel[] channels = [new FakeChannel("email", script, book, time), new FakeChannel("teams", script, book, time)];
        var settings = new CheckSettings("monitor-test", [new MonitoredToken(Situation.Healthy.Expectation, [])], Concurrency: 1);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var metrics = new CheckMetrics(services.GetRequiredService<IMeterFactory>());

        for (var hour = 0; hour < YearScript.Hours; hour++)
        {
            time.SetUtcNow(script.TimeOf(hour));
            if (script.IsHostDown(hour))
            {
                continue;
            }

            // Nothing is kept in the process from one check to the next: every check is a restart.
            var monitor = new HourlyMonitor(
                settings,
                new NoSecrets(),
                new ScriptedInspector(script, hour),
                channels,
                new IncidentProcessor(new StateStore(documents), new IncidentSettings { Channels = ["email", "teams"] }, time, NullLogger<IncidentProcessor>.Instance),
                new AlertComposer(EnglishWording.Instance),
                EnglishWording.Instance,
                metrics,
                new MonitoredSecrets(new HashSet<string>(), VaultName: null),
                new NewVersionGate(documents, time, NullLogger<NewVersionGate>.Instance),
                time,
                NullLogger<HourlyMonitor>.Instance);
            var mishap = script.Arrange(documents, hour);
            var report = await monitor.CheckAsync(CancellationToken.None);
            book.Close(hour, report.Tokens[0].Assessment, mishap());
        }

        output.WriteLine(book.Summary());
        Assert.True(book.Faults.Count == 0, string.Join('\n', book.Faults.Take(10)));
        Assert.True(book.Troubles > 50, "The year was too quiet to prove anything.");
    }

    private sealed class ScriptedInspector(YearScript script, int hour) : ITokenInspector
    {
        public Task<TokenInspection> InspectAsync(TokenExpectation expectation, ThrottledApps throttled, CancellationToken cancellationToken) =>
            Task.FromResult(script.InspectionAt(hour));
    }

    private sealed class NoSecrets : ISecretStore
    {
        public string Name => Situation.Store;

        public Task<SecretReading> ReadAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class FakeChannel(string name, YearScript script, YearBook book, TimeProvider time) : INotificationChannel
    {
        public string Name => name;

        public Task<string?> FindFaultAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public Task<DeliveryOutcome> SendAsync(AlertMessage message, CancellationToken cancellationToken)
        {
            var isAccepted = !script.IsChannelDown(name, YearScript.HourOf(time.GetUtcNow()));
            book.Enter(name, message, isAccepted);
            return Task.FromResult<DeliveryOutcome>(isAccepted ? new DeliveryOutcome.Accepted(null) : new DeliveryOutcome.Failed("answered 503"));
        }
    }
}
