using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>
/// Stores the state of tokens as documents with a schema version. A document that cannot be read does not block alerts: it is reported and
/// treated as empty.
/// </summary>
public sealed class StateStore(IDocumentStore documents)
{
    private const int SchemaVersion = 2;

    /// <summary>The display name of the store.</summary>
    public string Name => documents.Name;

    /// <summary>Reads the state of a token.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<StateReadResult> ReadAsync(string tokenName, CancellationToken cancellationToken)
    {
        try
        {
            return await documents.ReadAsync(tokenName, cancellationToken).ConfigureAwait(false) is { } document
                ? Decode(tokenName, document)
                : new StateReadResult(TokenState.Empty, Version: null, Problem: null, MayWrite: true);
        }
        catch (StoreUnavailableException e)
        {
            return new StateReadResult(TokenState.Empty, Version: null, e.Message, MayWrite: true);
        }
    }

    /// <summary>Writes the state of a token if the document has not changed since it was read.</summary>
    /// <returns>The new version; null: another process wrote the document in between.</returns>
    /// <exception cref="StoreUnavailableException">The store did not answer or rejected the request.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<string?> WriteAsync(string tokenName, TokenState state, string? expectedVersion, CancellationToken cancellationToken) =>
        documents.WriteAsync(tokenName, Encode(tokenName, state), expectedVersion, cancellationToken);

    /// <summary>Whether two states are equal, so that no write is needed. The time of the last observation does not count.</summary>
    public static bool AreAlike(TokenState one, TokenState other)
    {
        return Plain(one).ToMemory().Span.SequenceEqual(Plain(other).ToMemory().Span);

        static BinaryData Plain(TokenState state) => Encode("", state with { LastObservation = state.LastObservation is { } stamp ? stamp with { At = default } : null });
    }

    // A number in place of an enum name decodes into a kind that does not exist.
    private static bool IsSound(TokenState state)
    {
        var findings = (state.Incident?.Findings.Select(stored => stored.Finding) ?? [])
            .Concat(state.PendingNotifications.SelectMany(notification => notification.Present.Concat(notification.Added).Concat(notification.Resolved)));
        return findings.All(finding => Enum.IsDefined(finding.Kind) && Enum.IsDefined(finding.Severity) && Enum.IsDefined(finding.Cause))
            && state.PendingNotifications.TrueForAll(notification => Enum.IsDefined(notification.Kind))
            && state.Incident is not { Findings.IsEmpty: true };
    }

    private static BinaryData Encode(string tokenName, TokenState state) => BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(
        new StateDocument { SchemaVersion = SchemaVersion, Token = tokenName, State = state }, StateJsonContext.Default.StateDocument));

    private StateReadResult Decode(string tokenName, StoredDocument document)
    {
        try
        {
            var version = JsonSerializer.Deserialize(document.Content, StateJsonContext.Default.StateHeader)?.SchemaVersion;
            if (version > SchemaVersion)
            {
                // A newer monitor wrote the document and may run beside this one. Overwriting it would lose data that only the newer one
                // can read.
                return new StateReadResult(
                    TokenState.Empty,
                    document.Version,
                    $"The state of {tokenName} in {Name} was written by a newer monitor (schema {version}; this version supports up to {SchemaVersion}). Update this monitor.",
                    MayWrite: false);
            }

            var state = version is 1
                ? JsonSerializer.Deserialize(document.Content, SchemaOneJsonContext.Default.SchemaOneDocument) is { } old ? SchemaOne.Read(old.State) : null
                : JsonSerializer.Deserialize(document.Content, StateJsonContext.Default.StateDocument)?.State;
            if (state is not null && IsSound(state))
            {
                return new StateReadResult(state, document.Version, Problem: null, MayWrite: true);
            }
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // The exception's message may quote the document, so it is not included.
        }

        return new StateReadResult(
            TokenState.Empty,
            document.Version,
            $"The state of {tokenName} in {Name} cannot be decoded. The monitor starts with an empty state, so alerts may be repeated.",
            MayWrite: true);
    }
}

/// <summary>The result of reading the state of a token.</summary>
/// <param name="State">The state; <see cref="TokenState.Empty"/> if there is none or it cannot be read.</param>
/// <param name="Version">The version that was read; null: there is none.</param>
/// <param name="Problem">The reason why it could not be read; null: it was read.</param>
/// <param name="MayWrite">The document may be overwritten.</param>
public sealed record StateReadResult(TokenState State, string? Version, string? Problem, bool MayWrite);

internal sealed record StateDocument
{
    public required int SchemaVersion { get; init; }

    public required string Token { get; init; }

    public required TokenState State { get; init; }
}

/// <summary>The part that documents of every schema version have.</summary>
internal sealed record StateHeader
{
    public required int SchemaVersion { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    WriteIndented = true,
    Converters = [typeof(IncidentConverter), typeof(MonitoringOutageConverter), typeof(PendingNotificationsConverter)])]
[JsonSerializable(typeof(StateDocument))]
[JsonSerializable(typeof(StateHeader))]
internal sealed partial class StateJsonContext : JsonSerializerContext;
