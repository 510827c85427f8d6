using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Incidents.Stores;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>
/// Folds bursts: remembers when the last check began that an event started, so that an event from before then needs no other. The moment
/// is claimed before the check, by a conditional write: of several messages that are handled at once, one checks. Should that check die,
/// the hourly one is the net beneath.
/// </summary>
internal sealed partial class NewVersionGate(IDocumentStore documents, TimeProvider time, ILogger<NewVersionGate> logger)
{
    // No token can have this name, so no memory is ever touched.
    private const string Document = "new-version.check";

    private const int MostAttempts = 5;

    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);

    /// <summary>Claims the check that an event asks for; false: a check that began later has answered it.</summary>
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
            // A check too many is better than none.
            LogNotClaimed(e.Message);
        }

        return true;
    }

    // The version has been in the vault since "at", by the vault's clock, which may be somewhat ahead. A date that is far ahead is no
    // vault's, and must not answer all the events to come.
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

    [LoggerMessage(16, LogLevel.Warning, "When the last check began cannot be remembered, so this one is made: {Failure}", EventName = "NewVersionNotClaimed")]
    private partial void LogNotClaimed(string failure);
}

internal sealed record GateDocument
{
    public required DateTimeOffset StartedAt { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GateDocument))]
internal sealed partial class NewVersionJsonContext : JsonSerializerContext;
