using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>
/// Reads one JSON object of Graph's field by field. A field that is missing, null or of another type than documented is "not said",
/// so that an oddity in one field hides nothing of the others; that is why no serializer reads these.
/// Every text is scrubbed on the way in.
/// </summary>
internal readonly struct GraphJson(JsonElement element, IReadOnlyList<Secret> known)
{
    public GraphJson? Object(string name) =>
        Field(name, JsonValueKind.Object) is { } value ? new GraphJson(value, known) : null;

    /// <summary>A text or an id. Ids come as strings and are documented as integers; a number is taken digit by digit.</summary>
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

    /// <summary>Unix seconds; 0 is never.</summary>
    public GraphExpiry Expiry(string name) => Integer(name) switch
    {
        0 => GraphExpiry.Never,
        { } seconds when Moment(seconds) is { } moment => GraphExpiry.At(moment),
        _ => default,
    };

    public DateTimeOffset? Moment(string name) => Integer(name) is { } seconds ? Moment(seconds) : null;

    /// <summary>A list of texts. Graph also sends a single text where it documents a list: that is a list of one.</summary>
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

    /// <summary>A list of objects. Graph also sends a single object where it documents a list: that is a list of one.</summary>
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

    /// <summary>A paging cursor, exactly as given: it goes back to Graph and nowhere else.</summary>
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
            // Half of a surrogate pair ("\ud800") is valid JSON and no text.
            return null;
        }
    }

    private static DateTimeOffset? Moment(long seconds) =>
        seconds > 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    // By the names' bytes: TryGetProperty unescapes the names that it passes, and throws at half of a surrogate pair in one of them.
    // Of several fields of one name the last one holds.
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
