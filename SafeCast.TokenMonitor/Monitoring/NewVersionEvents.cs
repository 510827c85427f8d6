using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>
/// Reads what Event Grid says of a vault: a <c>Microsoft.KeyVault.SecretNewVersionCreated</c> in Event Grid's own schema or as a CloudEvent.
/// A pure function. The events come from a queue that others may write to: nothing of them is quoted.
/// </summary>
// Five fields in two shapes. Event Grid's library would bring some hundred event types along, and refuses what leaves out a field that
// nobody here reads.
public static class NewVersionEvents
{
    private const string NewVersion = "Microsoft.KeyVault.SecretNewVersionCreated";

    /// <summary>Reads one message: an event, or a list of them.</summary>
    public static NewVersionSignal Read(string message, MonitoredSecrets monitored)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(monitored);
        List<VaultEvent?>? events;
        try
        {
            events = message.AsSpan().TrimStart() is ['[', ..]
                ? JsonSerializer.Deserialize(message, VaultEventJsonContext.Default.ListVaultEvent)
                : [JsonSerializer.Deserialize(message, VaultEventJsonContext.Default.VaultEvent)];
        }
        catch (JsonException)
        {
            return Odd("it is not an event");
        }

        var signals = (events ?? []).Select(one => Read(one, monitored)).ToList();

        // Of several that concern the monitor, the newest: one check answers them all.
        return signals.OfType<NewVersionSignal.Check>().MaxBy(signal => signal.At)
            ?? signals.FirstOrDefault()
            ?? Odd("it holds no event");
    }

    private static NewVersionSignal Read(VaultEvent? read, MonitoredSecrets monitored) => read switch
    {
        null => Odd("it is not an event"),
        { Kind: null } => Odd("it does not say what happened"),
        { Kind: not NewVersion } => Odd("it is about something else than a secret's new version"),
        { Data: null or { SecretName: null } } => Odd("it does not name the secret"),
        { At: null } => Odd("it does not say when it happened"),
        { Data.VaultName: { } vault } when monitored.VaultName is { } own && !vault.Equals(own, StringComparison.OrdinalIgnoreCase) =>
            Odd("it is about another vault"),
        { Data: { SecretName: { } name }, At: { } at } => monitored.Names.FirstOrDefault(own => own.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } secret
            ? new NewVersionSignal.Check(secret, at)
            : new NewVersionSignal.Ignore("it is about a secret that is not watched", IsOdd: false),
    };

    private static NewVersionSignal.Ignore Odd(string reason) => new(reason, IsOdd: true);
}

/// <summary>What both schemas have, in either spelling.</summary>
internal sealed record VaultEvent
{
    /// <summary>Event Grid's.</summary>
    public string? EventType { get; init; }

    /// <summary>CloudEvents'.</summary>
    public string? Type { get; init; }

    /// <summary>Event Grid's.</summary>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>CloudEvents'.</summary>
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

// The vault writes "VaultName" and its documentation "vaultName".
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(VaultEvent))]
[JsonSerializable(typeof(List<VaultEvent>))]
internal sealed partial class VaultEventJsonContext : JsonSerializerContext;
