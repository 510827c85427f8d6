namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>Stores one document for each token. The content is opaque to the store.</summary>
public interface IDocumentStore
{
    /// <summary>The display name of the store.</summary>
    string Name { get; }

    /// <summary>Reads a document. Returns null if there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer or rejected the request.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<StoredDocument?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a document atomically if its version has not changed since it was read.</summary>
    /// <param name="name">The document's name.</param>
    /// <param name="content">The content.</param>
    /// <param name="expectedVersion">The version that was read; null: there was no document.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The new version; null: another process wrote the document in between.</returns>
    /// <exception cref="StoreUnavailableException">The store did not answer or rejected the request. Whether the document was written is unknown.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<string?> WriteAsync(string name, BinaryData content, string? expectedVersion, CancellationToken cancellationToken);

    /// <summary>Deletes a document regardless of its version. Succeeds if there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer or rejected the request.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A document that was read.</summary>
/// <param name="Content">The content.</param>
/// <param name="Version">The version, which changes with every write.</param>
public sealed record StoredDocument(BinaryData Content, string Version);
