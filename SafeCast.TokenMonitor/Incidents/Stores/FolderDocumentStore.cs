using System.Security.Cryptography;

namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>
/// Stores documents as files in a folder, for use on the command line. Safe against crashes at any time and against concurrent processes.
/// </summary>
public sealed class FolderDocumentStore(string folder, TimeProvider time) : IDocumentStore
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public string Name => $"the folder {folder}";

    /// <inheritdoc/>
    public async Task<StoredDocument?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(PathOf(name), cancellationToken).ConfigureAwait(false);
            return new StoredDocument(BinaryData.FromBytes(bytes), VersionOf(bytes));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable("read", e);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> WriteAsync(string name, BinaryData content, string? expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            Directory.CreateDirectory(folder);
            await using var only = await LockAsync(name, cancellationToken).ConfigureAwait(false);
            if ((await ReadAsync(name, cancellationToken).ConfigureAwait(false))?.Version != expectedVersion)
            {
                return null;
            }

            // A rename replaces the file atomically: a reader gets the old or the new content, also after a crash.
            var bytes = content.ToArray();
            var fresh = $"{PathOf(name)}.new";
            await File.WriteAllBytesAsync(fresh, bytes, cancellationToken).ConfigureAwait(false);
            File.Move(fresh, PathOf(name), overwrite: true);
            return VersionOf(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable("written", e);
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathOf(name)))
        {
            return;
        }

        try
        {
            await using var only = await LockAsync(name, cancellationToken).ConfigureAwait(false);
            File.Delete(PathOf(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable("emptied", e);
        }
    }

    private async Task<FileStream> LockAsync(string name, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream($"{PathOf(name)}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(start) < CallTimeout)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private string PathOf(string name) => Path.Combine(folder, $"{name}.json");

    private static string VersionOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private StoreUnavailableException Unavailable(string what, Exception e) => new($"{Name} could not be {what}: {e.Message}", e);
}
