using System.Globalization;
using SafeCast.TokenMonitor.Incidents.Stores;

namespace SafeCast.TokenMonitor.Tests.Incidents.Stores;

/// <summary>Documents in memory, with hooks around reads and writes.</summary>
internal sealed class FakeDocumentStore : IDocumentStore
{
    private readonly Dictionary<string, StoredDocument> _documents = [];
    private readonly Lock _lock = new();
    private int _reads;
    private int _writes;
    private int _version;

    public string Name => "the fake store";

    /// <summary>Runs before each read, with its number from 1 on. May throw.</summary>
    public Action<int>? BeforeRead { get; set; }

    /// <summary>Runs before each write, with its number from 1 on. May throw: nothing was written.</summary>
    public Action<int>? BeforeWrite { get; set; }

    /// <summary>Runs after each write, with its number from 1 on. May throw: it was written all the same.</summary>
    public Action<int>? AfterWrite { get; set; }

    /// <summary>Runs before each deletion. May throw.</summary>
    public Action? BeforeDelete { get; set; }

    /// <summary>The answers to these writes are lost, and tried again below: the second attempt loses against the first.</summary>
    public Func<int, bool> LosesAnswer { get; set; } = _ => false;

    public int Reads => _reads;

    public int Writes => _writes;

    public static StoreUnavailableException Unavailable { get; } = new("the fake store could not be reached.");

    public string? this[string name]
    {
        get => Find(name)?.Content.ToString();
        set
        {
            lock (_lock)
            {
                _documents[name] = new StoredDocument(BinaryData.FromString(value!), NextVersion());
            }
        }
    }

    public Task<StoredDocument?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var number = Interlocked.Increment(ref _reads);
        BeforeRead?.Invoke(number);
        return Task.FromResult(Find(name));
    }

    public Task<string?> WriteAsync(string name, BinaryData content, string? expectedVersion, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var number = Interlocked.Increment(ref _writes);
        BeforeWrite?.Invoke(number);
        string version;
        lock (_lock)
        {
            if (_documents.GetValueOrDefault(name)?.Version != expectedVersion)
            {
                return Task.FromResult<string?>(null);
            }

            version = NextVersion();
            _documents[name] = new StoredDocument(content, version);
        }

        AfterWrite?.Invoke(number);
        return Task.FromResult(LosesAnswer(number) ? null : version);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeDelete?.Invoke();
        lock (_lock)
        {
            _documents.Remove(name);
        }

        return Task.CompletedTask;
    }

    private StoredDocument? Find(string name)
    {
        lock (_lock)
        {
            return _documents.GetValueOrDefault(name);
        }
    }

    private string NextVersion() => (++_version).ToString(CultureInfo.InvariantCulture);
}
