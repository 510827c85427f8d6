using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;

namespace SafeCast.TokenMonitor.Cli.Demo;

/// <summary>One thing that happens to the token of the demo, before an hourly check.</summary>
/// <param name="Hours">How many hours after the scene before.</param>
/// <param name="Title">What happens, as the audience hears it.</param>
/// <param name="Name">For the names of the files that it leaves.</param>
/// <param name="Happen">Makes it happen.</param>
internal sealed record DemoScene(int Hours, string Title, string Name, Action<Simulation, StandardWorld> Happen);

/// <summary>The story that the demo tells: healthy, a scope lost, revoked, Graph down, mended.</summary>
internal sealed class DemoScenario
{
    private ScriptedFault? _outage;

    public IReadOnlyList<DemoScene> Scenes =>
    [
        new(0, "Everything is as the set-up procedure left it.", "healthy", Nothing),
        new(24 * 12, "Somebody renews the token and forgets to tick a scope.", "scope-lost", (_, world) => world.Token.Lose(Scope.Messaging)),
        new(1, "An hour later nothing has changed.", "still", Nothing),
        new(2, "Somebody revokes the token.", "revoked", (_, world) => world.Token.State = SimulatedTokenState.Revoked),
        new(24, "A day later it is still so.", "a-day-later", Nothing),
        new(1, "Meta's Graph API is down.", "graph-down", (simulation, _) => _outage = simulation.Graph.Script(GraphFault.Unavailable())),
        new(1, "It stays down.", "graph-down", Nothing),
        new(1, "And for a third check.", "monitor-down", Nothing),
        new(1, "Graph is back, and a new token was generated and stored in the vault.", "mended", Mend),
        new(1, "An hour later all is well.", "well", Nothing),
    ];

    private static void Nothing(Simulation simulation, StandardWorld world)
    {
    }

    private void Mend(Simulation simulation, StandardWorld world)
    {
        _outage?.Dispose();
        var token = simulation.Graph.World.IssueToken(world.App, world.SystemUser);
        simulation.Vault.Set(SimulatedSetup.TokenSecret, token.Value);
    }
}
