using System.Collections.Concurrent;
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

/// <summary>
/// No secret leaves the process except to the service that it is for, whatever happens. The scenarios of a group run at the same time under
/// one recorder, because most of them wait for retries and timeouts. If a group leaks, its scenarios run again one by one.
/// </summary>
[Collection(ProcessWide.Name)]
public sealed partial class LeakTests
{
    private const int ScenariosAtOnce = 8;

    /// <summary>The groups, named by the first word of their scenarios.</summary>
    public static TheoryData<string> Groups => [.. LeakScenarios.All.Keys.Select(GroupOf).Distinct()];

    [Theory]
    [MemberData(nameof(Groups))]
    public Task No_secret_is_recorded_in_the_scenarios_of(string group) =>
        AssertNoneLeaksAsync([.. LeakScenarios.All.Where(scenario => GroupOf(scenario.Key) == group)], _ => true);

    [Fact]
    public Task No_secret_that_a_vault_quotes_is_passed_on() =>
        AssertNoneLeaksAsync([.. LeakScenarios.OfQuotingVault], leak => !AzureClients().IsMatch(leak));

    [Fact]
    public async Task No_secret_is_recorded_when_unexpected_errors_quote_all_of_them()
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

        using var recorder = new Recorder();
        await CheckAsync(monitor, recorder);
        await CheckAsync(monitor, recorder, TokenIsolationTests.MonitorWith(monitor, inspector.Object));
        recorder.Dispose();

        // The exceptions themselves are the test's; everything made from them is the monitor's.
        var leaks = recorder.Recording.Leaks(SecretsOf.All(monitor)).Where(leak => !leak.Contains(" by exception: ", StringComparison.Ordinal)).Distinct().ToList();
        Assert.True(leaks.Count == 0, $"Leaked:\n{string.Join('\n', leaks.Take(20))}");
    }

    // The exception that the Azure client throws for an answer, and the traces that it makes of it.
    [GeneratedRegex(@" by (exception: (Azure\.RequestFailedException|System\.AggregateException)|(diagnostic|activity) Azure\.)")]
    private static partial Regex AzureClients();

    private static string GroupOf(string scenario) => scenario.Split(' ', ':')[0];

    private static async Task AssertNoneLeaksAsync(IReadOnlyList<KeyValuePair<string, Action<SimulatedMonitor>>> scenarios, Predicate<string> isRelevant)
    {
        var leaks = await LeaksAsync(scenarios, isRelevant);
        if (leaks.Count > 0 && scenarios.Count > 1)
        {
            foreach (var scenario in scenarios)
            {
                await AssertNoneLeaksAsync([scenario], isRelevant);
            }
        }

        Assert.True(leaks.Count == 0, $"Leaked in {string.Join(", ", scenarios.Select(scenario => scenario.Key))}:\n{string.Join('\n', leaks.Take(20))}");
    }

    private static async Task<IReadOnlyList<string>> LeaksAsync(IReadOnlyList<KeyValuePair<string, Action<SimulatedMonitor>>> scenarios, Predicate<string> isRelevant)
    {
        using var recorder = new Recorder();
        var secrets = new ConcurrentBag<KnownSecret>();
        await Parallel.ForEachAsync(scenarios, new ParallelOptions { MaxDegreeOfParallelism = ScenariosAtOnce }, async (scenario, _) =>
        {
            await using var monitor = await SimulatedMonitor.StartAsync();
            scenario.Value(monitor);
            await CheckAsync(monitor, recorder);
            foreach (var secret in SecretsOf.All(monitor))
            {
                secrets.Add(secret);
            }
        });

        recorder.Dispose();
        return [.. recorder.Recording.Leaks([.. secrets.DistinctBy(secret => string.Join('\n', secret.Forms))]).Where(leak => isRelevant(leak)).Distinct()];
    }

    private static async Task CheckAsync(SimulatedMonitor monitor, Recorder recorder, ITokenMonitor? inPlaceOfIts = null)
    {
        monitor.Logs = recorder.Logs;

        // Like a host that traces its invocations.
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

        recorder.Recording.Add("state", monitor.State["production"] ?? "");
        foreach (var text in monitor.Simulation.SendGrid.Mails.Select(mail => mail.Raw))
        {
            recorder.Recording.Add("mail", text);
        }

        foreach (var text in monitor.Simulation.Teams.Messages.Select(message => message.Raw).Concat(monitor.Simulation.Teams.FailedRuns.Select(run => run.Raw)))
        {
            recorder.Recording.Add("card", text);
        }
    }

    internal static void Add(Recording recording, CheckReport report)
    {
        recording.Add("report", ReportDocument.ToJson(report, EnglishWording.Instance));

        // As a user of the library without ReportDocument would.
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
