using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Simulator;

namespace SafeCast.TokenMonitor.Tests.Incidents.Stores;

/// <summary>The simulated blob storage behaves as Azurite does, as far as the monitor uses it.</summary>
public sealed class SimulatedBlobStorageTests : DocumentStoreContract, IAsyncLifetime
{
    private Simulation _simulation = null!;

    public async Task InitializeAsync() => _simulation = await Simulation.StartAsync();

    public async Task DisposeAsync() => await _simulation.DisposeAsync();

    private protected override IDocumentStore Open() => new BlobDocumentStore(
        new BlobContainerClient(_simulation.Blobs.ContainerUri("state"), new SimulatedSetup.AnyIdentity(), new BlobClientOptions { Transport = new HttpClientTransport(_simulation.CreateHandler()) }),
        TimeProvider.System);
}
