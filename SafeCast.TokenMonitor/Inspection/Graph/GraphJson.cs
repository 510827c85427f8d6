using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>
/// Reads a JSON object of Graph field by field. A field that is missing, null or of an undocumented type is not stated, so that one unusual
/// field does not hide the others. A serializer would reject the whole object. Every text is scrubbed.
/// </summary>
internal readonly struct GraphJson(JsonElement element, IReadOnlyList<Secret> known)
{
    public GraphJson? Object(string name) =>
        Field(name, JsonValueKind.Object) is { } value ? new GraphJson(value, known) : null;

    /// <summary>Gets a text or an id. Ids are strings, although they are documented as integers; a number is read digit by digit.</summary>
    public string? Text(string name) => Field(name) is { } value ? Text(value) : null;

    public bool? Flag(string name) => Field(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Number } number when number.GetRawText() is "0" or "1" => number.GetRawText() is "1",
        { ValueKind: JsonValueKind.String } text when bool.TryParse(Text(text), out var flag) => flag,
        _ => null,
    };

    public long? Integer(string name) =>
        Field(name) is { ValueKind: JsonValueKind.Number or JsonValueKind.String } value
        && long.TryParse(
            value.ValueKind is JsonValueKind.Number ? value.GetRawText() : Text(value),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var integer)
            ? integer
            : null;

    /// <summary>Gets an expiry from Unix seconds; 0 means never.</summary>
    public GraphExpiry Expiry(string name) => Integer(name) switch
    {
        0 => GraphExpiry.Never,
        { } seconds when Moment(seconds) is { } moment => GraphExpiry.At(moment),
        _ => default,
    };

    public DateTimeOffset? Moment(string name) => Integer(name) is { } seconds ? Moment(seconds) : null;

    /// <summary>Gets a list of texts. A single text instead of a list is a list of one.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Field(name, JsonValueKind.Array) is not { } array)
        {
            return Text(name) is { } single ? [single] : null;
        }

        var texts = new List<string>();
        foreach (var item in array.EnumerateArray())
        {
            if (Text(item) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>Gets a list of objects. A single object instead of a list is a list of one.</summary>
    public IReadOnlyList<GraphJson>? Objects(string name)
    {
        if (Field(name, JsonValueKind.Array) is not { } array)
        {
            return Object(name) is { } single ? [single] : null;
        }

        var objects = new List<GraphJson>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.Object)
            {
                objects.Add(new GraphJson(item, known));
            }
        }

        return objects;
    }

    /// <summary>Gets a paging cursor without scrubbing. It is sent only to Graph.</summary>
    public string? Cursor(string name) => Field(name, JsonValueKind.String) is { } cursor && Text(cursor) is not null ? cursor.GetString() : null;

    private string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => UntrustedText.Clean(value.GetString(), [.. known]) is { Length: > 0 } text ? text : null,
                JsonValueKind.Number => UntrustedText.Clean(value.GetRawText()),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate ("\ud800") is valid JSON but not valid text.
            return null;
        }
    }

    private static DateTimeOffset? Moment(long seconds) =>
        seconds > 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    // Compares bytes, because TryGetProperty unescapes names and throws if one contains an unpaired surrogate.
    // If a name occurs more than once, the last field wins.
    private JsonElement? Field(string name, JsonValueKind? kind = null)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        JsonElement? last = null;
        foreach (var property in element.EnumerateObject())
        {
            if (Ascii.Equals(JsonMarshal.GetRawUtf8PropertyName(property), name))
            {
                last = property.Value;
            }
        }

        return kind is null || last?.ValueKind == kind ? last : null;
    }
}
