using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;

namespace SafeCast.TokenMonitor.Cli.Demo;

/// <summary>One thing that happens to the token of the demo, before an hourly check.</summary>
/// <param name="Title">What happens, as the audience hears it.</param>
/// <param name="Name">For the names of the files that it leaves.</param>
/// <param name="Happen">Makes it happen.</param>
internal sealed record DemoScene(string Title, string Name, Action<Simulation, StandardWorld> Happen);

/// <summary>The story that the demo tells: healthy, a scope lost, revoked, Graph down, mended.</summary>
internal sealed class DemoStory
{
    private ScriptedFault? _outage;

    public IReadOnlyList<DemoScene> Scenes =>
    [
        new("Everything is as the set-up procedure left it.", "healthy", (_, _) => { }),
        new("Somebody renews the token and forgets to tick a scope.", "scope-lost", (_, world) => world.Token.Lose(Scope.Messaging)),
        new("Somebody revokes the token.", "revoked", (_, world) => world.Token.State = TokenState.Revoked),
        new("Meta's Graph API is down.", "graph-down", (simulation, _) => _outage = simulation.Graph.Script(GraphFault.Unavailable())),
        new("Graph is back, and a new token was generated and stored in the vault.", "mended", Mend),
    ];

    private void Mend(Simulation simulation, StandardWorld world)
    {
        _outage?.Dispose();
        var token = simulation.Graph.World.IssueToken(world.App, world.SystemUser);
        simulation.Vault.Set(StandIns.SimulatedSetup.TokenSecret, token.Value);
    }
}
