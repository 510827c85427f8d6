using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;

internal static class MoreTokens
{
    /// <summary>Watches another healthy token, which shares nothing with the others.</summary>
    public static StandardWorld Watch(this SimulatedMonitor monitor, string name)
    {
        var world = monitor.Simulation.Graph.World.AddStandard(name);
        foreach (var (key, value) in SimulatedSetup.Settings(monitor.Simulation, world, name))
        {
            monitor.Settings[key] = value;
        }

        monitor.Settings[$"TokenMonitor:Tokens:{name}:SecretName"] = $"{name}-token";
        monitor.Settings[$"TokenMonitor:Tokens:{name}:AppSecretName"] = $"{name}-app-secret";
        monitor.Simulation.Vault.Set($"{name}-token", world.Token.Value);
        monitor.Simulation.Vault.Set($"{name}-app-secret", world.App.Secret);
        return world;
    }
}
