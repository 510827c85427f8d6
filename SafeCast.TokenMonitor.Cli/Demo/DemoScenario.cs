using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;

namespace SafeCast.TokenMonitor.Cli.Demo;

/// <summary>An event in the demo, followed by an hourly check.</summary>
/// <param name="Hours">The hours since the previous scene.</param>
/// <param name="Title">What happens.</param>
/// <param name="Name">The name of the scene in file names.</param>
/// <param name="Happen">Changes the simulation.</param>
internal sealed record DemoScene(int Hours, string Title, string Name, Action<Simulation, StandardWorld> Happen);

/// <summary>The scenario of the demo: healthy, a scope is lost, the token is revoked, Graph is down, all is resolved.</summary>
internal sealed class DemoScenario
{
    private ScriptedFault? _outage;

    public IReadOnlyList<DemoScene> Scenes =>
    [
        new(0, "Everything is set up correctly.", "healthy", Nothing),
        new(24 * 12, "The token is regenerated without one of the scopes.", "scope-lost", (_, world) => world.Token.Lose(Scope.Messaging)),
        new(1, "An hour later, nothing has changed.", "still", Nothing),
        new(2, "The token is revoked.", "revoked", (_, world) => world.Token.State = SimulatedTokenState.Revoked),
        new(24, "A day later, nothing has changed.", "a-day-later", Nothing),
        new(1, "Meta's Graph API is down.", "graph-down", (simulation, _) => _outage = simulation.Graph.Script(GraphFault.Unavailable())),
        new(1, "Graph is still down.", "graph-down", Nothing),
        new(1, "Graph is down for a third check.", "monitor-down", Nothing),
        new(1, "Graph is back, and a new token was generated and stored in the vault.", "resolved", Resolve),
        new(1, "An hour later, everything is healthy.", "well", Nothing),
    ];

    private static void Nothing(Simulation simulation, StandardWorld world)
    {
    }

    private void Resolve(Simulation simulation, StandardWorld world)
    {
        _outage?.Dispose();
        var token = simulation.Graph.World.IssueToken(world.App, world.SystemUser);
        simulation.Vault.Set(SimulatedSetup.TokenSecret, token.Value);
    }
}
