using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks;

/// <summary>Whatever happens, and whoever listens, no secret is to be heard.</summary>
[Collection(ProcessWide.Name)]
public sealed partial class LeakTests
{
    public static TheoryData<string> Names => [.. LeakScenarios.All.Keys];

    public static TheoryData<string> QuotingVaults => [.. LeakScenarios.OfQuotingVault.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_secret_is_heard_anywhere_when(string scenario)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        LeakScenarios.All[scenario](monitor);

        AssertNone(await LeaksAsync(monitor));
    }

    [Theory]
    [MemberData(nameof(QuotingVaults))]
    public async Task The_monitor_passes_on_nothing_when(string scenario)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        LeakScenarios.OfQuotingVault[scenario](monitor);

        AssertNone((await LeaksAsync(monitor)).Where(leak => !AzureClients().IsMatch(leak)));
    }

    [Fact]
    public async Task No_secret_is_heard_when_errors_that_nobody_foresaw_quote_them_all()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        var quote = $"{SecretsOf.Quote(monitor)} Bearer {monitor.Simulation.SendGrid.ApiKey}, POST {monitor.Simulation.Teams.WebhookUrl}";
        var channel = new Mock<INotificationChannel>();
        channel.Setup(c => c.Name).Returns("pigeon");
        channel.Setup(c => c.FindFaultAsync(It.IsAny<CancellationToken>())).Returns(() => Task.FromException<string?>(new InvalidOperationException(quote)));
        channel.Setup(c => c.SendAsync(It.IsAny<AlertMessage>(), It.IsAny<CancellationToken>()))
            .Returns(() => Task.FromException<DeliveryOutcome>(new InvalidOperationException(quote)));
        monitor.Arrange = services => services.AddSingleton(channel.Object);
        var inspector = new Mock<ITokenInspector>();
        inspector
            .Setup(i => i.InspectAsync(It.IsAny<TokenExpectation>(), It.IsAny<ThrottledApps>(), It.IsAny<CancellationToken>()))
            .Returns(() => Task.FromException<TokenInspection>(new InvalidOperationException(quote)));

        // The exceptions that the test throws are the test's own; what is made of them is the monitor's.
        bool IsTheMonitors(string leak) => !leak.Contains(" by exception: ", StringComparison.Ordinal);
        AssertNone((await LeaksAsync(monitor)).Where(IsTheMonitors));
        AssertNone((await LeaksAsync(monitor, TokenIsolationTests.MonitorWith(monitor, inspector.Object))).Where(IsTheMonitors));
    }

    // The exception that the Azure client throws for an answer, and the traces that it makes of it.
    [GeneratedRegex(@" by (exception: (Azure\.RequestFailedException|System\.AggregateException)|(diagnostic|activity) Azure\.)")]
    private static partial Regex AzureClients();

    // xunit's own words for a collection that is not empty would cut the leaks short.
    private static void AssertNone(IEnumerable<string> leaks) =>
        Assert.True(!leaks.Any(), $"Leaked:\n{string.Join('\n', leaks.Distinct().Take(20))}");

    private static async Task<IReadOnlyList<string>> LeaksAsync(SimulatedMonitor monitor, ITokenMonitor? inPlaceOfIts = null)
    {
        using var recorder = new Recorder();
        monitor.Logs = recorder.Logs;

        // As a host does that traces its invocations.
        using (new Activity("hourly check").Start())
        {
            var checker = inPlaceOfIts ?? monitor.Services.GetRequiredService<ITokenMonitor>();
            var report = await checker.CheckAsync(CancellationToken.None);
            Add(recorder.Recording, report);
            foreach (var delivery in await checker.SendTestAsync(CancellationToken.None))
            {
                recorder.Recording.Add("test message", delivery.ToString());
            }
        }

        recorder.Dispose();
        recorder.Recording.Add("memory", monitor.State["production"] ?? "");
        foreach (var text in monitor.Simulation.SendGrid.Mails.Select(mail => mail.Raw))
        {
            recorder.Recording.Add("mail", text);
        }

        foreach (var text in monitor.Simulation.Teams.Messages.Select(message => message.Raw).Concat(monitor.Simulation.Teams.FailedRuns.Select(run => run.Raw)))
        {
            recorder.Recording.Add("card", text);
        }

        return recorder.Recording.Leaks(SecretsOf.All(monitor));
    }

    internal static void Add(Recording recording, CheckReport report)
    {
        recording.Add("report", ReportDocument.ToJson(report, EnglishWording.Instance));

        // As somebody would who does not know of ReportDocument.
        recording.Add("report, serialised whole", JsonSerializer.Serialize(report.Tokens.Select(token => (object?)token.Inspection)));
        Inlets.PublicProperties.Walk(report, text => recording.Add("report, looked through", text));
        try
        {
            report.ThrowIfNotificationFailed();
        }
        catch (NotificationFailedException e)
        {
            recording.Add("report's exception", e.ToString());
        }
    }
}
