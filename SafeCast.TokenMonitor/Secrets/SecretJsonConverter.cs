using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>Writes a secret as its fingerprint. Reading is not supported, because no JSON document contains a secret.</summary>
internal sealed class SecretJsonConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Secrets cannot be read from JSON.");

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Fingerprint);
}
