using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>
/// Reads Event Grid messages about a vault: <c>Microsoft.KeyVault.SecretNewVersionCreated</c> in the Event Grid schema or as a CloudEvent.
/// A pure function. Others may be able to write to the queue, so nothing from a message is quoted.
/// </summary>
// Five fields in two schemas. The Event Grid library would add some hundred event types, and rejects events without fields that are not
// needed here.
public static class NewVersionEvents
{
    // A message of a storage queue has at most 64 KiB.
    private const int LongestMessage = 64 * 1024;

    private const string NewVersion = "Microsoft.KeyVault.SecretNewVersionCreated";

    /// <summary>Reads one message: an event, or a list of them.</summary>
    public static NewVersionSignal Read(string message, MonitoredSecrets monitored)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(monitored);
        var json = Decoded(message);
        List<VaultEvent?>? events;
        try
        {
            events = json is ['[', ..]
                ? JsonSerializer.Deserialize(json, VaultEventJsonContext.Default.ListVaultEvent)
                : [JsonSerializer.Deserialize(json, VaultEventJsonContext.Default.VaultEvent)];
        }
        catch (JsonException)
        {
            return Odd("it is not an event");
        }

        var signals = (events ?? []).Select(one => Read(one, monitored)).ToList();

        // If several events concern the monitor, one check covers them all, so the newest counts.
        return signals.OfType<NewVersionSignal.Check>().MaxBy(signal => signal.At)
            ?? signals.FirstOrDefault()
            ?? Odd("it contains no event");
    }

    // Event Grid encodes queue messages in base64. Other senders may send plain text, or encode a message twice.
    private static string Decoded(string message)
    {
        var text = Trimmed(message);
        Span<byte> bytes = text.Length <= LongestMessage ? new byte[text.Length] : default;
        for (var layer = 0; layer < 2 && text is not (['{', ..] or ['[', ..]) && Convert.TryFromBase64String(text, bytes, out var length); layer++)
        {
            text = Trimmed(Encoding.UTF8.GetString(bytes[..length]));
        }

        return text;

        static string Trimmed(string text) => text.Trim().Trim('\uFEFF').Trim();
    }

    private static NewVersionSignal Read(VaultEvent? read, MonitoredSecrets monitored) => read switch
    {
        null => Odd("it is not an event"),
        { Kind: null } => Odd("it has no event type"),
        { Kind: not NewVersion } => Odd("its event type is not a new secret version"),
        { Data: null or { SecretName: null } } => Odd("it has no secret name"),
        { At: null } => Odd("it has no event time"),
        { Data.VaultName: { } vault } when monitored.VaultName is { } own && !vault.Equals(own, StringComparison.OrdinalIgnoreCase) =>
            Odd("it is about another vault"),
        { Data: { SecretName: { } name }, At: { } at } => monitored.Names.FirstOrDefault(own => own.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } secret
            ? new NewVersionSignal.Check(secret, at)
            : new NewVersionSignal.Ignore("it is about a secret that is not monitored", IsOdd: false),
    };

    private static NewVersionSignal.Ignore Odd(string reason) => new(reason, IsOdd: true);
}

/// <summary>The fields of both schemas.</summary>
internal sealed record VaultEvent
{
    /// <summary>The event type in the Event Grid schema.</summary>
    public string? EventType { get; init; }

    /// <summary>The event type in a CloudEvent.</summary>
    public string? Type { get; init; }

    /// <summary>The event time in the Event Grid schema.</summary>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>The event time in a CloudEvent.</summary>
    public DateTimeOffset? Time { get; init; }

    public VaultEventData? Data { get; init; }

    [JsonIgnore]
    public string? Kind => EventType ?? Type;

    [JsonIgnore]
    public DateTimeOffset? At => EventTime ?? Time;
}

internal sealed record VaultEventData
{
    public string? VaultName { get; init; }

    public string? ObjectName { get; init; }

    [JsonIgnore]
    public string? SecretName => ObjectName is { Length: > 0 } name ? name : null;
}

// The vault sends "VaultName"; its documentation states "vaultName".
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(VaultEvent))]
[JsonSerializable(typeof(List<VaultEvent>))]
internal sealed partial class VaultEventJsonContext : JsonSerializerContext;
