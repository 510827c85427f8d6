using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

/// <summary>What the monitor could not find out says nothing about the token, whoever failed to answer.</summary>
public sealed class UnknownTests
{
    public static TheoryData<string> Names => [.. Outages.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_outage_is_Unknown_with_its_cause_and_told_to_nobody(string outage)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new KeptLogs();
        monitor.Logs = logs;
        Outages.All[outage](monitor);

        var report = await monitor.CheckAsync();

        var assessment = Assert.Single(report.Tokens).Assessment;
        Assert.Empty(assessment.Findings);
        Assert.Equal(Verdict.Unknown, assessment.Verdict);
        Assert.Contains(assessment.Gaps, gap => gap is { Kind: GapKind.CouldNotFindOut, Why.Length: > 0 });
        Assert.Empty(monitor.Simulation.SendGrid.Calls);
        Assert.Empty(monitor.Simulation.Teams.Calls);

        // Every outage is foreseen: none comes out of a catch-all.
        Assert.Empty(logs.Named("Unforeseen"));
        Assert.Single(logs.Named("CheckCompleted"));
    }
}
