using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>
/// What is remembered, as a document with a schema version. Never stands in the way of an alert: what cannot be read is told as such,
/// and is treated as nothing remembered.
/// </summary>
public sealed class MemoryStore(IDocumentStore documents)
{
    private const int SchemaVersion = 2;

    /// <summary>The store's name as people know it.</summary>
    public string Name => documents.Name;

    /// <summary>Reads what is remembered of a token.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<MemoryReading> ReadAsync(string tokenName, CancellationToken cancellationToken)
    {
        try
        {
            return await documents.ReadAsync(tokenName, cancellationToken).ConfigureAwait(false) is { } document
                ? Decode(tokenName, document)
                : new MemoryReading(TokenMemory.Empty, Version: null, Trouble: null, MayWrite: true);
        }
        catch (StoreUnavailableException e)
        {
            return new MemoryReading(TokenMemory.Empty, Version: null, e.Message, MayWrite: true);
        }
    }

    /// <summary>Writes what is to be remembered, if nobody else has written since it was read.</summary>
    /// <returns>The version that was written; null: somebody else wrote in between.</returns>
    /// <exception cref="StoreUnavailableException">The store did not answer, or refused.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<string?> WriteAsync(string tokenName, TokenMemory memory, string? expectedVersion, CancellationToken cancellationToken) =>
        documents.WriteAsync(tokenName, Encode(tokenName, memory), expectedVersion, cancellationToken);

    /// <summary>Whether two memories say the same: if so, there is nothing to write. That it was seen once more is no news.</summary>
    public static bool AreAlike(TokenMemory one, TokenMemory other)
    {
        return Plain(one).ToMemory().Span.SequenceEqual(Plain(other).ToMemory().Span);

        static BinaryData Plain(TokenMemory memory) => Encode("", memory with { LastLook = memory.LastLook is { } look ? look with { At = default } : null });
    }

    // A number in the place of a name decodes into a kind that does not exist.
    private static bool IsSound(TokenMemory memory)
    {
        var findings = (memory.Incident?.Findings.Select(remembered => remembered.Finding) ?? [])
            .Concat(memory.Owed.SelectMany(notice => notice.Present.Concat(notice.Added).Concat(notice.Mended)));
        return findings.All(finding => Enum.IsDefined(finding.Kind) && Enum.IsDefined(finding.Severity) && Enum.IsDefined(finding.Cause))
            && memory.Owed.TrueForAll(notice => Enum.IsDefined(notice.Kind))
            && memory.Incident is not { Findings.IsEmpty: true };
    }

    private static BinaryData Encode(string tokenName, TokenMemory memory) => BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(
        new MemoryDocument { SchemaVersion = SchemaVersion, Token = tokenName, Memory = memory }, MemoryJsonContext.Default.MemoryDocument));

    private MemoryReading Decode(string tokenName, StoredDocument document)
    {
        try
        {
            var version = JsonSerializer.Deserialize(document.Content, MemoryJsonContext.Default.MemoryHeader)?.SchemaVersion;
            if (version > SchemaVersion)
            {
                // A newer monitor wrote it, and is perhaps running beside this one: overwriting would lose what only it understands.
                return new MemoryReading(
                    TokenMemory.Empty,
                    document.Version,
                    $"What is remembered of {tokenName} in {Name} was written by a newer monitor (schema {version}, this one knows {SchemaVersion}). Update this one.",
                    MayWrite: false);
            }

            var memory = version is 1
                ? JsonSerializer.Deserialize(document.Content, MemoryJsonContext.Default.SchemaOneDocument) is { } old ? SchemaOne.Read(old.Memory) : null
                : JsonSerializer.Deserialize(document.Content, MemoryJsonContext.Default.MemoryDocument)?.Memory;
            if (memory is not null && IsSound(memory))
            {
                return new MemoryReading(memory, document.Version, Trouble: null, MayWrite: true);
            }
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // Its message may quote the document; that it cannot be decoded is all there is to say.
        }

        return new MemoryReading(
            TokenMemory.Empty,
            document.Version,
            $"What is remembered of {tokenName} in {Name} cannot be decoded, so the monitor begins anew: somebody may be told a second time.",
            MayWrite: true);
    }
}

/// <summary>What came of reading what is remembered.</summary>
/// <param name="Memory">What is remembered; <see cref="TokenMemory.Empty"/> where there is nothing, or nothing that can be read.</param>
/// <param name="Version">The version that was read; null: none.</param>
/// <param name="Trouble">Why it could not be read; null: it could.</param>
/// <param name="MayWrite">It may be overwritten.</param>
public sealed record MemoryReading(TokenMemory Memory, string? Version, string? Trouble, bool MayWrite);

internal sealed record MemoryDocument
{
    public required int SchemaVersion { get; init; }

    public required string Token { get; init; }

    public required TokenMemory Memory { get; init; }
}

/// <summary>What every version of the document begins with.</summary>
internal sealed record MemoryHeader
{
    public required int SchemaVersion { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(MemoryDocument))]
[JsonSerializable(typeof(MemoryHeader))]
[JsonSerializable(typeof(SchemaOneDocument))]
internal sealed partial class MemoryJsonContext : JsonSerializerContext;
