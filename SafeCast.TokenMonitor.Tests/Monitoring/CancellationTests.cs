using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

/// <summary>A host that shuts down ends a check wherever it stands, without a word about tokens.</summary>
public sealed class CancellationTests
{
    private static readonly Dictionary<string, Action<SimulatedMonitor>> Places = new()
    {
        ["while the vault stalls"] = m => m.Simulation.Vault.Script(Fault.Stall()),
        ["while Graph stalls"] = m => m.Simulation.Graph.Script(Fault.Stall()),
        ["while SendGrid stalls"] = m =>
        {
            m.World.Token.State = SimulatedTokenState.Revoked;
            m.Simulation.SendGrid.Script(Fault.Stall());
        },
        ["while Teams stalls"] = m =>
        {
            m.World.Token.State = SimulatedTokenState.Revoked;
            m.Simulation.Teams.Script(Fault.Stall());
        },
    };

    public static TheoryData<string> Names => [.. Places.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_check_that_is_cancelled_throws_and_reports_nothing(string place)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var logs = new RecordedLogs();
        monitor.Logs = logs;
        Places[place](monitor);
        using var cancellation = new CancellationTokenSource();

        var check = monitor.CheckAsync(cancellation.Token);
        await UntilSomethingStallsAsync(monitor);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
        Assert.Empty(logs.Named("CheckCompleted"));
        Assert.Empty(logs.Named("UnexpectedError"));
        Assert.Empty(logs.Named("DeliveryFailed"));
    }

    [Fact]
    public async Task A_check_that_is_cancelled_before_it_starts_sends_no_request_to_Graph()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => monitor.CheckAsync(new CancellationToken(canceled: true)));

        Assert.Empty(monitor.Simulation.Graph.Calls);
    }

    private static async Task UntilSomethingStallsAsync(SimulatedMonitor monitor)
    {
        bool Stalls<TCall>(SafeCast.TokenMonitor.Simulator.SimulatedService<TCall> service)
            where TCall : SafeCast.TokenMonitor.Simulator.RecordedCall => service.Calls.Any(call => call.Status is null);

        for (var stalled = 0; stalled < 5;)
        {
            await Task.Delay(10);
            var s = monitor.Simulation;
            stalled = Stalls(s.Vault) || Stalls(s.Graph) || Stalls(s.SendGrid) || Stalls(s.Teams) ? stalled + 1 : 0;
        }
    }
}
