namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>Keeps one document a token. Knows nothing of what is in it.</summary>
public interface IDocumentStore
{
    /// <summary>The store's name as people know it.</summary>
    string Name { get; }

    /// <summary>Reads a document; null: there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer, or refused.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<StoredDocument?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a document, whole or not at all, if it is still at the version that was read.
    /// </summary>
    /// <param name="name">The document's name.</param>
    /// <param name="content">What to write.</param>
    /// <param name="expectedVersion">The version that was read; null: there was none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The version that was written; null: somebody else wrote in between.</returns>
    /// <exception cref="StoreUnavailableException">The store did not answer, or refused. Whether it wrote is not known.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<string?> WriteAsync(string name, BinaryData content, string? expectedVersion, CancellationToken cancellationToken);

    /// <summary>Deletes a document, whatever its version; none there is as good.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer, or refused.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A document as it was read.</summary>
/// <param name="Content">What it holds.</param>
/// <param name="Version">Changes with every write.</param>
public sealed record StoredDocument(BinaryData Content, string Version);
