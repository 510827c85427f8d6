using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SafeCast.TokenMonitor.Incidents.Stores;

/// <summary>
/// Builds the metadata of a part of the state only when that part exists. The state of a healthy token has no incident and no pending
/// notifications; their metadata is a third of the work of the first check after a cold start.
/// </summary>
internal abstract class OnDemandConverter<T> : JsonConverter<T>
    where T : class
{
    private static JsonTypeInfo<T> TypeInfo => (JsonTypeInfo<T>)IncidentJsonContext.Default.GetTypeInfo(typeof(T))!;

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize(ref reader, TypeInfo);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, TypeInfo);
}

internal sealed class IncidentConverter : OnDemandConverter<Incident>;

internal sealed class MonitoringOutageConverter : OnDemandConverter<MonitoringOutage>;

internal sealed class PendingNotificationsConverter : OnDemandConverter<ImmutableList<Notification>>
{
    public override ImmutableList<Notification>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ahead = reader;
        if (reader.TokenType is not JsonTokenType.StartArray || !ahead.Read() || ahead.TokenType is not JsonTokenType.EndArray)
        {
            return base.Read(ref reader, typeToConvert, options);
        }

        reader = ahead;
        return [];
    }

    public override void Write(Utf8JsonWriter writer, ImmutableList<Notification> value, JsonSerializerOptions options)
    {
        if (!value.IsEmpty)
        {
            base.Write(writer, value, options);
            return;
        }

        writer.WriteStartArray();
        writer.WriteEndArray();
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(MonitoringOutage))]
[JsonSerializable(typeof(ImmutableList<Notification>))]
internal sealed partial class IncidentJsonContext : JsonSerializerContext;
