using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Incidents.Stores;

public sealed class FolderDocumentStoreTests : DocumentStoreContract, IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    // The first write makes it.
    private string Folder => Path.Combine(_temporary.Path, "a", "state");

    [Fact]
    public async Task A_crash_between_writing_and_renaming_leaves_the_old_document()
    {
        var version = await Open().WriteAsync("production", Document("old"), null, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(Folder, "production.json.new"), "half of a new docum");

        var read = await Open().ReadAsync("production", CancellationToken.None);

        Assert.Equal(("old", version), (read?.Content.ToString(), read?.Version));
        Assert.NotNull(await Open().WriteAsync("production", Document("new"), version, CancellationToken.None));
        Assert.Equal("new", (await Open().ReadAsync("production", CancellationToken.None))?.Content.ToString());
    }

    [Fact]
    public async Task What_a_crash_left_before_the_first_document_does_no_harm()
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "production.json.new"), "half of a new docum");
        await File.WriteAllTextAsync(Path.Combine(Folder, "production.json.lock"), "");

        Assert.Null(await Open().ReadAsync("production", CancellationToken.None));
        Assert.NotNull(await Open().WriteAsync("production", Document("new"), null, CancellationToken.None));
    }

    [Fact]
    public async Task A_concurrent_reader_gets_a_complete_document()
    {
        var text = new string('x', 300_000);
        var version = await Open().WriteAsync("production", Document("0" + text), null, CancellationToken.None);
        using var done = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            var reads = 0;
            while (!done.IsCancellationRequested)
            {
                Assert.Equal(300_001, (await Open().ReadAsync("production", CancellationToken.None))?.Content.ToMemory().Length);
                reads++;
            }

            return reads;
        });
        for (var number = 1; number < 50; number++)
        {
            version = await Open().WriteAsync("production", Document($"{number % 10}{text}"), version, CancellationToken.None);
            Assert.NotNull(version);
        }

        await done.CancelAsync();
        Assert.NotEqual(0, await reading);
    }

    [Fact]
    public async Task A_write_waits_for_the_one_that_another_process_is_at()
    {
        Directory.CreateDirectory(Folder);
        Task<string?> writing;
        await using (new FileStream(Path.Combine(Folder, "production.json.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            writing = Open().WriteAsync("production", Document("one"), null, CancellationToken.None);
            await Task.Delay(100);
            Assert.False(writing.IsCompleted);
        }

        Assert.NotNull(await writing);
    }

    [Fact]
    public async Task A_write_that_another_process_blocks_times_out()
    {
        Directory.CreateDirectory(Folder);
        await using var other = new FileStream(Path.Combine(Folder, "production.json.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => new FolderDocumentStore(Folder, new RacingTime()).WriteAsync("production", Document("one"), null, CancellationToken.None));

        Assert.StartsWith($"the folder {Folder} could not be written: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_where_the_folder_should_be_is_reported_in_a_sentence()
    {
        var store = new FolderDocumentStore(_temporary.Write("state", "a file"), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync("production", Document("one"), null, CancellationToken.None));

        Assert.StartsWith($"{store.Name} could not be written: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_where_the_document_should_be_is_reported_in_a_sentence()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "production.json"));

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => Open().ReadAsync("production", CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Open().WriteAsync("production", Document("one"), null, CancellationToken.None));

        Assert.StartsWith($"the folder {Folder} could not be read: ", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _temporary.Dispose();

    private protected override IDocumentStore Open() => new FolderDocumentStore(Folder, TimeProvider.System);

    // 200 times as fast, for those who measure.
    private sealed class RacingTime : TimeProvider
    {
        public override long GetTimestamp() => base.GetTimestamp() * 200;
    }
}
