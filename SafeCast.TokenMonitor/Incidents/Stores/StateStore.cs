using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>
/// What is remembered, as a document with a schema version. Never stands in the way of an alert: what cannot be read is told as such,
/// and is treated as nothing remembered.
/// </summary>
public sealed class StateStore(IDocumentStore documents)
{
    private const int SchemaVersion = 2;

    /// <summary>The store's name as people know it.</summary>
    public string Name => documents.Name;

    /// <summary>Reads what is remembered of a token.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<StateReadResult> ReadAsync(string tokenName, CancellationToken cancellationToken)
    {
        try
        {
            return await documents.ReadAsync(tokenName, cancellationToken).ConfigureAwait(false) is { } document
                ? Decode(tokenName, document)
                : new StateReadResult(TokenState.Empty, Version: null, Trouble: null, MayWrite: true);
        }
        catch (StoreUnavailableException e)
        {
            return new StateReadResult(TokenState.Empty, Version: null, e.Message, MayWrite: true);
        }
    }

    /// <summary>Writes what is to be remembered, if nobody else has written since it was read.</summary>
    /// <returns>The version that was written; null: somebody else wrote in between.</returns>
    /// <exception cref="StoreUnavailableException">The store did not answer, or refused.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<string?> WriteAsync(string tokenName, TokenState state, string? expectedVersion, CancellationToken cancellationToken) =>
        documents.WriteAsync(tokenName, Encode(tokenName, state), expectedVersion, cancellationToken);

    /// <summary>Whether two memories say the same: if so, there is nothing to write. That it was seen once more is no news.</summary>
    public static bool AreAlike(TokenState one, TokenState other)
    {
        return Plain(one).ToMemory().Span.SequenceEqual(Plain(other).ToMemory().Span);

        static BinaryData Plain(TokenState state) => Encode("", state with { LastObservation = state.LastObservation is { } stamp ? stamp with { At = default } : null });
    }

    // A number in the place of a name decodes into a kind that does not exist.
    private static bool IsSound(TokenState state)
    {
        var findings = (state.Incident?.Findings.Select(remembered => remembered.Finding) ?? [])
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
                // A newer monitor wrote it, and is perhaps running beside this one: overwriting would lose what only it understands.
                return new StateReadResult(
                    TokenState.Empty,
                    document.Version,
                    $"What is remembered of {tokenName} in {Name} was written by a newer monitor (schema {version}, this one knows {SchemaVersion}). Update this one.",
                    MayWrite: false);
            }

            var state = version is 1
                ? JsonSerializer.Deserialize(document.Content, StateJsonContext.Default.SchemaOneDocument) is { } old ? SchemaOne.Read(old.State) : null
                : JsonSerializer.Deserialize(document.Content, StateJsonContext.Default.StateDocument)?.State;
            if (state is not null && IsSound(state))
            {
                return new StateReadResult(state, document.Version, Trouble: null, MayWrite: true);
            }
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // Its message may quote the document; that it cannot be decoded is all there is to say.
        }

        return new StateReadResult(
            TokenState.Empty,
            document.Version,
            $"What is remembered of {tokenName} in {Name} cannot be decoded, so the monitor begins anew: somebody may be told a second time.",
            MayWrite: true);
    }
}

/// <summary>What came of reading what is remembered.</summary>
/// <param name="State">What is remembered; <see cref="TokenState.Empty"/> where there is nothing, or nothing that can be read.</param>
/// <param name="Version">The version that was read; null: none.</param>
/// <param name="Trouble">Why it could not be read; null: it could.</param>
/// <param name="MayWrite">It may be overwritten.</param>
public sealed record StateReadResult(TokenState State, string? Version, string? Trouble, bool MayWrite);

internal sealed record StateDocument
{
    public required int SchemaVersion { get; init; }

    public required string Token { get; init; }

    public required TokenState State { get; init; }
}

/// <summary>What every version of the document begins with.</summary>
internal sealed record StateHeader
{
    public required int SchemaVersion { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(StateDocument))]
[JsonSerializable(typeof(StateHeader))]
[JsonSerializable(typeof(SchemaOneDocument))]
internal sealed partial class StateJsonContext : JsonSerializerContext;
