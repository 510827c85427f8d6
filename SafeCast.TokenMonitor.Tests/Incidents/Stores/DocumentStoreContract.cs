using System.Globalization;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Incidents.Stores;

/// <summary>What every store of documents does, whatever it is made of.</summary>
public abstract class DocumentStoreContract
{
    private static readonly CancellationToken Go = CancellationToken.None;

    internal static BinaryData Document(string text) => BinaryData.FromString(text);

    /// <summary>Another client of the same, at first empty, place.</summary>
    private protected abstract IDocumentStore Open();

    [SkippableFact]
    public async Task There_is_nothing_at_first()
    {
        var store = Open();

        Assert.Null(await store.ReadAsync("production", Go));
    }

    [SkippableFact]
    public async Task What_is_written_is_read()
    {
        var store = Open();

        var version = await store.WriteAsync("production", Document("one"), null, Go);

        var read = await Open().ReadAsync("production", Go);
        Assert.Equal(("one", version), (read?.Content.ToString(), read?.Version));
        Assert.NotNull(version);
    }

    [SkippableFact]
    public async Task A_deleted_document_can_be_written_again()
    {
        var store = Open();
        await store.WriteAsync("production", Document("one"), null, Go);

        await store.DeleteAsync("production", Go);

        Assert.Null(await Open().ReadAsync("production", Go));
        Assert.NotNull(await store.WriteAsync("production", Document("two"), null, Go));
    }

    [SkippableFact]
    public async Task Deleting_what_is_not_there_is_as_good()
    {
        var store = Open();

        await store.DeleteAsync("production", Go);

        Assert.Null(await store.ReadAsync("production", Go));
    }

    [SkippableFact]
    public async Task The_version_changes_with_what_is_written()
    {
        var store = Open();

        var first = await store.WriteAsync("production", Document("one"), null, Go);
        var second = await store.WriteAsync("production", Document("two"), first, Go);

        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        var read = await store.ReadAsync("production", Go);
        Assert.Equal(("two", second), (read?.Content.ToString(), read?.Version));
    }

    [SkippableFact]
    public async Task Who_creates_second_loses()
    {
        await Open().WriteAsync("production", Document("mine"), null, Go);

        Assert.Null(await Open().WriteAsync("production", Document("yours"), null, Go));
        Assert.Equal("mine", (await Open().ReadAsync("production", Go))?.Content.ToString());
    }

    [SkippableFact]
    public async Task A_conditional_write_of_an_outdated_version_fails()
    {
        var first = await Open().WriteAsync("production", Document("one"), null, Go);
        await Open().WriteAsync("production", Document("mine"), first, Go);

        Assert.Null(await Open().WriteAsync("production", Document("yours"), first, Go));
        Assert.Equal("mine", (await Open().ReadAsync("production", Go))?.Content.ToString());
    }

    [SkippableFact]
    public async Task Who_replaces_what_is_gone_loses()
    {
        var first = await Open().WriteAsync("production", Document("one"), null, Go);

        Assert.Null(await Open().WriteAsync("staging", Document("two"), first, Go));
        Assert.Null(await Open().ReadAsync("staging", Go));
    }

    [SkippableFact]
    public async Task Who_lost_can_read_again_and_write()
    {
        var store = Open();
        await Open().WriteAsync("production", Document("mine"), null, Go);
        await store.WriteAsync("production", Document("yours"), null, Go);

        var read = await store.ReadAsync("production", Go);

        Assert.NotNull(await store.WriteAsync("production", Document("yours"), read!.Version, Go));
    }

    [SkippableFact]
    public async Task Two_tokens_have_two_documents()
    {
        var store = Open();
        await store.WriteAsync("production", Document("one"), null, Go);
        await store.WriteAsync("staging", Document("two"), null, Go);

        Assert.Equal("one", (await store.ReadAsync("production", Go))?.Content.ToString());
        Assert.Equal("two", (await store.ReadAsync("staging", Go))?.Content.ToString());
    }

    [SkippableFact]
    public async Task Of_many_writers_at_once_none_loses_an_update()
    {
        const int Writers = 8;
        const int Updates = 5;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            var store = Open();
            for (var update = 0; update < Updates; update++)
            {
                string? written;
                do
                {
                    var read = await store.ReadAsync("production", Go);

                    // So that others come in between, which is the point.
                    await Task.Delay(1);
                    var count = read is null ? 0 : int.Parse(read.Content.ToString(), CultureInfo.InvariantCulture);
                    written = await store.WriteAsync("production", Document((count + 1).ToString(CultureInfo.InvariantCulture)), read?.Version, Go);
                }
                while (written is null);
            }
        })));

        Assert.Equal("40", (await Open().ReadAsync("production", Go))?.Content.ToString());
    }

    [SkippableFact]
    public async Task A_large_document_is_read_as_it_was_written()
    {
        var large = string.Concat(Enumerable.Range(0, 200_000).Select(number => number.ToString(CultureInfo.InvariantCulture) + "ä\n"));
        await Open().WriteAsync("production", Document(large), null, Go);

        Assert.Equal(large, (await Open().ReadAsync("production", Go))?.Content.ToString());
    }

    [SkippableFact]
    public async Task An_empty_document_is_a_document()
    {
        var version = await Open().WriteAsync("production", Document(""), null, Go);

        Assert.NotNull(version);
        Assert.Equal((0, version), ((await Open().ReadAsync("production", Go))?.Content.ToMemory().Length, (await Open().ReadAsync("production", Go))?.Version));
    }

    [SkippableFact]
    public async Task Cancellation_is_reported_and_nothing_is_written()
    {
        var store = Open();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReadAsync("production", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.WriteAsync("production", Document("one"), null, cancelled.Token));
        Assert.Null(await store.ReadAsync("production", Go));
    }
}
