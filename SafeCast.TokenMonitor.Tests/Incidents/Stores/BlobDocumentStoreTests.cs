using System.Net;
using System.Net.Sockets;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Incidents.Stores;

public sealed class BlobDocumentStoreTests(Azurite azurite) : DocumentStoreContract, IClassFixture<Azurite>
{
    private readonly string _container = $"state-{Guid.NewGuid():N}";

    [SkippableFact]
    public async Task The_container_is_made_by_the_first_write_and_not_by_reading()
    {
        var container = azurite.Container(_container);

        await Open().ReadAsync("production", CancellationToken.None);
        Assert.False(await container.ExistsAsync());

        await Open().WriteAsync("production", Document("{}"), null, CancellationToken.None);
        Assert.True(await container.ExistsAsync());
    }

    [SkippableFact]
    public async Task A_document_is_a_blob_that_people_can_open()
    {
        await Open().WriteAsync("production", Document("{}"), null, CancellationToken.None);

        var properties = await azurite.Container(_container).GetBlobClient("production.json").GetPropertiesAsync();
        Assert.Equal("application/json", properties.Value.ContentType);
    }

    [SkippableFact]
    public async Task Who_replaces_what_was_deleted_loses()
    {
        var version = await Open().WriteAsync("production", Document("{}"), null, CancellationToken.None);
        await azurite.Container(_container).DeleteBlobAsync("production.json");

        Assert.Null(await Open().WriteAsync("production", Document("{}"), version, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Who_replaces_what_was_deleted_with_its_container_loses()
    {
        var version = await Open().WriteAsync("production", Document("{}"), null, CancellationToken.None);
        await azurite.Container(_container).DeleteAsync();

        Assert.Null(await Open().WriteAsync("production", Document("{}"), version, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Being_refused_says_which_role_is_missing()
    {
        var store = new BlobDocumentStore(azurite.ContainerWithWrongKey(_container), TimeProvider.System);

        var read = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadAsync("production", CancellationToken.None));
        var written = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync("production", Document("{}"), null, CancellationToken.None));

        Assert.Equal(
            $"the blob container tokenmonitor/{_container} could not be read: 403 AuthorizationFailure. The storage firewall blocks the monitor, or the monitor's identity lacks the role Storage Blob Data Contributor or Owner.",
            read.Message);
        Assert.StartsWith($"the blob container tokenmonitor/{_container} could not be written: 403 ", written.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_reported_in_a_sentence()
    {
        var store = new BlobDocumentStore(Azurite.Client(_container, Azurite.FreePort()), TimeProvider.System);

        var read = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadAsync("production", CancellationToken.None));
        var written = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync("production", Document("{}"), null, CancellationToken.None));

        Assert.Matches($@"^the blob container tokenmonitor/{_container} could not be read: .*Connection refused.*$", read.Message);
        Assert.Matches($@"^the blob container tokenmonitor/{_container} could not be written: .*Connection refused.*$", written.Message);
        Assert.DoesNotContain("\n", read.Message + written.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_times_out()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var store = new BlobDocumentStore(Azurite.Client(_container, ((IPEndPoint)mute.LocalEndpoint).Port), new HastyTime { TimeoutSpeed = 100 });

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadAsync("production", CancellationToken.None));

        Assert.Equal($"the blob container tokenmonitor/{_container} could not be read: no answer within 15 s.", failure.Message);
    }

    [Fact]
    public async Task Cancellation_while_the_server_does_not_answer_is_reported()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var store = new BlobDocumentStore(Azurite.Client(_container, ((IPEndPoint)mute.LocalEndpoint).Port), TimeProvider.System);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReadAsync("production", soon.Token));
    }

    private protected override IDocumentStore Open() => new BlobDocumentStore(azurite.Container(_container), TimeProvider.System);
}
