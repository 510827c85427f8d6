using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Cli.Commands;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Cli.Store;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Setup;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Simulator.Vault;
using SafeCast.TokenMonitor.Tests.Cli;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks;

/// <summary>No secret leaks while a token is stored or the setup is diagnosed, whatever fails.</summary>
[Collection(ProcessWide.Name)]
public sealed partial class SetupLeakTests
{
    private static readonly Dictionary<string, Action<StoreBench>> Scenarios = new()
    {
        ["all is well"] = _ => { },
        ["the token is not right"] = b => b.Fresh.Lose(Scope.Messaging),
        ["the token is dead"] = b => b.Fresh.State = SimulatedTokenState.Revoked,
        ["Graph is down"] = b => b.Monitor.Simulation.Graph.Script(GraphFault.Unavailable()),
        ["Graph quotes what it was sent"] = b => b.Monitor.Simulation.Graph.Script(GraphFault.Error(100, Quote(b), 400, 33)),
        ["the vault may not be written"] = b => b.Vault.Role = VaultRole.SecretsUser,
        ["the vault may not be read"] = b => b.Vault.Role = VaultRole.None,
        ["the vault throttles writes"] = b => b.Vault.Script(call => call.Operation is VaultOperation.SetSecret, VaultFault.Throttled()),
        ["the connection breaks while it is written"] = b => b.Vault.Script(call => call.Operation is VaultOperation.SetSecret, Fault.Reset()),
        ["what was written cannot be read back"] = b => b.Vault.Script(call => call.Version is not null, VaultFault.Unavailable()),
        ["another token is read back"] = b => b.Vault.Script(
            call => call.Version is not null, Fault.Answer(200, $$"""{"value":"{{b.Monitor.World.Token.Value}}","id":"https://127.0.0.1/secrets/a/01"}""")),
        ["the vault quotes what it was to store, refusing it"] = b => b.Vault.Script(
            call => call.Operation is VaultOperation.SetSecret, Fault.Answer(400, $$$"""{"error":{"code":"{{{Quote(b)}}}","message":"{{{Quote(b)}}}"}}""")),
        ["the vault quotes what it was to store, failing"] = b => b.Vault.Script(
            call => call.Operation is VaultOperation.SetSecret, Fault.Answer(500, $$$"""{"error":{"code":"{{{Quote(b)}}}","message":"{{{Quote(b)}}}"}}""")),
        ["the vault quotes what it was to store, as no JSON"] = b => b.Vault.Script(call => call.Operation is VaultOperation.SetSecret, Fault.Answer(200, Quote(b))),
    };

    public static TheoryData<string> Names => [.. Scenarios.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_secret_is_recorded_while_a_token_is_stored_and_the_setup_is_diagnosed_when(string scenario)
    {
        await using var bench = await StoreBench.StartAsync();
        Scenarios[scenario](bench);
        using var recorder = new Recorder();
        bench.Monitor.Logs = recorder.Logs;

        using (new Activity("store").Start())
        {
            await bench.PipeAsync(dryRun: true);
            await bench.PipeAsync(force: true, confirm: "production");
            await bench.TypeAsync(new StoreRequest("production", Force: true), bench.Fresh.Value, "production", "q");
            var report = await bench.Monitor.Services.GetRequiredService<ISetupDiagnostics>().DiagnoseAsync(sendTest: true, CancellationToken.None);
            recorder.Recording.Add("doctor", DiagnosticsDocument.ToJson(report));
            await DoctorCommand.RunAsync(bench.Monitor.Services, bench.Console, json: false, send: false, CancellationToken.None);
            var newToken = await bench.Monitor.Services.GetRequiredService<ITokenRotation>().InspectAsync("production", new Secret(bench.Fresh.Value), CancellationToken.None);
            Inlets.PublicProperties.Walk(newToken, text => recorder.Recording.Add("candidate, looked through", text));
            recorder.Recording.Add("candidate", newToken.ToString());
        }

        recorder.Dispose();
        recorder.Recording.Add("terminal", bench.Console.Output);
        foreach (var version in bench.Versions)
        {
            recorder.Recording.Add("tags", string.Join(' ', version.Tags) + version.ContentType);
        }

        KnownSecret[] secrets = [.. SecretsOf.All(bench.Monitor), KnownSecret.Of("the new token", bench.Fresh.Value)];
        var leaks = recorder.Recording.Leaks(secrets).Where(leak => !AzureClients().IsMatch(leak)).Distinct().ToList();
        Assert.True(leaks.Count == 0, $"Leaked:\n{string.Join('\n', leaks.Take(20))}");
    }

    [Fact]
    public async Task No_secret_in_an_event_is_recorded()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var recorder = new Recorder();
        monitor.Logs = recorder.Logs;

        foreach (var message in (string[])[monitor.World.Token.Value, $"\"{monitor.World.Token.Value}\"", $$"""{"eventType":"{{monitor.World.Token.Value}}"}""", NewVersionEventsTests.EventGrid(secret: monitor.World.Token.Value)])
        {
            var answer = await monitor.Services.GetRequiredService<ITokenMonitor>().CheckAfterNewVersionAsync(message, CancellationToken.None);
            recorder.Recording.Add("answer", answer.ToString());
        }

        recorder.Dispose();

        // The exception in which the JSON reader says where it stopped is caught at once; it quotes one character.
        var leaks = recorder.Recording.Leaks(SecretsOf.All(monitor));
        Assert.True(leaks.Count == 0, $"Leaked:\n{string.Join('\n', leaks.Take(20))}");
    }

    // The exception that the Azure client throws for an answer, and the traces that it makes of it.
    [GeneratedRegex(@" by (exception: (Azure\.RequestFailedException|System\.AggregateException)|(diagnostic|activity) Azure\.)")]
    private static partial Regex AzureClients();

    private static string Quote(StoreBench bench) => $"Bad {bench.Fresh.Value} with {bench.Monitor.World.App.Secret} in {SimulatedSetup.TokenSecret}";
}
