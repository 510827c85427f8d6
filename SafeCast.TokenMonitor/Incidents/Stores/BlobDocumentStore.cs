using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>Stores documents as blobs in one container. The blob's ETag is the version.</summary>
internal sealed class BlobDocumentStore(BlobContainerClient container, TimeProvider time) : IDocumentStore
{
    // Includes the time to get an access token, as for the vault.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    public string Name { get; } = $"the blob container {container.AccountName}/{container.Name}";

    public Task<StoredDocument?> ReadAsync(string name, CancellationToken cancellationToken) => WithTimeoutAsync<StoredDocument?>(
        "read",
        async token =>
        {
            try
            {
                var download = await container.GetBlobClient(BlobName(name)).DownloadContentAsync(token).ConfigureAwait(false);
                return new StoredDocument(download.Value.Content, download.Value.Details.ETag.ToString());
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                return null;
            }
        },
        cancellationToken);

    public Task<string?> WriteAsync(string name, BinaryData content, string? expectedVersion, CancellationToken cancellationToken) => WithTimeoutAsync<string?>(
        "written",
        async token =>
        {
            var conditions = expectedVersion is null
                ? new BlobRequestConditions { IfNoneMatch = ETag.All }
                : new BlobRequestConditions { IfMatch = new ETag(expectedVersion) };
            var options = new BlobUploadOptions { Conditions = conditions, HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
            try
            {
                return await UploadAsync(name, content, options, token).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                // The container does not exist before the first write.
                await container.CreateIfNotExistsAsync(cancellationToken: token).ConfigureAwait(false);
                return await UploadAsync(name, content, options, token).ConfigureAwait(false);
            }
        },
        cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => WithTimeoutAsync(
        "emptied",
        async token =>
        {
            try
            {
                return await container.GetBlobClient(BlobName(name)).DeleteIfExistsAsync(cancellationToken: token).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                return null;
            }
        },
        cancellationToken);

    private async Task<string?> UploadAsync(string name, BinaryData content, BlobUploadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var uploaded = await container.GetBlobClient(BlobName(name)).UploadAsync(content, options, cancellationToken).ConfigureAwait(false);
            return uploaded.Value.ETag.ToString();
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412 && e.ErrorCode != BlobErrorCode.ContainerNotFound)
        {
            return null;
        }
    }

    private async Task<T> WithTimeoutAsync<T>(string what, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiry.Token);
        try
        {
            return await work(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            throw new StoreUnavailableException($"{Name} could not be {what}: no answer within {CallTimeout.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or AuthenticationFailedException)
        {
            throw new StoreUnavailableException($"{Name} could not be {what}: {Cause(e)}");
        }
    }

    private static string Cause(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Cause(last),
        RequestFailedException { Status: 403, ErrorCode: "AuthorizationPermissionMismatch" } =>
            "403 AuthorizationPermissionMismatch. Give the monitor's identity the role Storage Blob Data Contributor or Owner.",

        // A firewall and an invalid key both result in 403.
        RequestFailedException { Status: 403 } failed =>
            $"403 {UntrustedText.Clean(failed.ErrorCode)}. The storage firewall blocks the monitor, or the monitor's identity lacks the role Storage Blob Data Contributor or Owner.",
        RequestFailedException { Status: > 0 } failed => $"it answered {failed.Status} {UntrustedText.Clean(failed.ErrorCode)}".TrimEnd() + ".",
        _ => UntrustedText.Clean(e.Message.Split('\n', 2)[0]),
    };

    private static string BlobName(string name) => $"{name}.json";
}
