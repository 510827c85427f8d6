using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Incidents.Stores;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>
/// Deduplicates bursts of events. Stores when the last event-triggered check started; an event from before that time needs no other check.
/// The time is claimed before the check with a conditional write, so that only one of several concurrent messages starts a check. If that
/// check crashes, the hourly check covers the event.
/// </summary>
internal sealed partial class NewVersionGate(IDocumentStore documents, TimeProvider time, ILogger<NewVersionGate> logger)
{
    // No token can have this name, so the document never replaces a token's state.
    private const string Document = "new-version.check";

    private const int MostAttempts = 5;

    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);

    /// <summary>Claims the check that an event requires. Returns false if a check that started later has covered the event.</summary>
    public async Task<bool> ClaimAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; attempt <= MostAttempts; attempt++)
            {
                var left = await documents.ReadAsync(Document, cancellationToken).ConfigureAwait(false);
                if (left is not null && Decode(left.Content) is { } startedAt && at <= startedAt)
                {
                    return false;
                }

                var content = JsonSerializer.SerializeToUtf8Bytes(new GateDocument { StartedAt = StartOf(at) }, NewVersionJsonContext.Default.GateDocument);
                if (await documents.WriteAsync(Document, BinaryData.FromBytes(content), left?.Version, cancellationToken).ConfigureAwait(false) is not null)
                {
                    return true;
                }
            }
        }
        catch (StoreUnavailableException e)
        {
            // If the claim cannot be stored, an additional check is better than none.
            LogNotClaimed(e.Message);
        }

        return true;
    }

    // The version has existed since "at" by the vault's clock, which may be slightly ahead. A date far ahead does not come from a vault and
    // must not suppress future events.
    private DateTimeOffset StartOf(DateTimeOffset at)
    {
        var now = time.GetUtcNow();
        return at > now && at <= now + MostSkew ? at : now;
    }

    private static DateTimeOffset? Decode(BinaryData content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, NewVersionJsonContext.Default.GateDocument)?.StartedAt;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(16, LogLevel.Warning, "The start of the last check could not be stored, so this check runs: {Failure}", EventName = "NewVersionNotClaimed")]
    private partial void LogNotClaimed(string failure);
}

internal sealed record GateDocument
{
    public required DateTimeOffset StartedAt { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GateDocument))]
internal sealed partial class NewVersionJsonContext : JsonSerializerContext;
