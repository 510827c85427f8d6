using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>Validates a card against <see cref="CardSchema"/> and lists every error with its position.</summary>
internal sealed class CardValidator
{
    private readonly List<string> _faults = [];

    public static IReadOnlyList<string> Validate(JsonObject card)
    {
        var validator = new CardValidator();
        if (card["type"]?.ToString() != "AdaptiveCard")
        {
            validator._faults.Add("card.type: must be \"AdaptiveCard\"");
        }

        validator.Check(card, CardSchema.Card, "card");
        return validator._faults;
    }

    private void Check(JsonObject json, CardRule rule, string place)
    {
        foreach (var required in rule.Required)
        {
            if (json[required] is null)
            {
                _faults.Add($"{place}.{required}: is required");
            }
        }

        foreach (var (name, value) in json)
        {
            if (name == "type")
            {
                continue;
            }

            if (rule.Properties.TryGetValue(name, out var allowed))
            {
                Check(value, allowed, $"{place}.{name}");
            }
            else
            {
                _faults.Add($"{place}.{name}: is not known in version 1.4");
            }
        }
    }

    private void Check(JsonNode? value, CardValue allowed, string place)
    {
        switch (allowed.Kind)
        {
            case CardValueKind.Action:
                Typed(value, CardSchema.Actions, place);
                break;
            case CardValueKind.Actions:
                Each(value, place, (item, at) => Typed(item, CardSchema.Actions, at));
                break;
            case CardValueKind.Elements:
                Each(value, place, (item, at) => Typed(item, CardSchema.Elements, at));
                break;
            case CardValueKind.Columns:
                Each(value, place, (item, at) => Untyped(item, "Column", CardSchema.Column, at));
                break;
            case CardValueKind.Facts:
                Each(value, place, (item, at) => Untyped(item, "Fact", CardSchema.Fact, at));
                break;
            case CardValueKind.Inlines:
                Each(value, place, Inline);
                break;
            case CardValueKind.Targets:
                Each(value, place, Target);
                break;
            default:
                if (Complaint(value, allowed) is { } complaint)
                {
                    _faults.Add($"{place}: {complaint}");
                }

                break;
        }
    }

    private static string? Complaint(JsonNode? value, CardValue allowed)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        var text = kind == JsonValueKind.String ? value!.GetValue<string>() : null;
        return allowed.Kind switch
        {
            CardValueKind.Any => null,
            CardValueKind.String => text is null ? "must be a string" : null,
            CardValueKind.Boolean => kind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
            CardValueKind.Number => kind == JsonValueKind.Number ? null : "must be a number",
            CardValueKind.StringOrNumber => kind is JsonValueKind.String or JsonValueKind.Number ? null : "must be a string or a number",
            CardValueKind.Object => kind == JsonValueKind.Object ? null : "must be an object",
            CardValueKind.OneOf => allowed.Choices.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"must be one of {string.Join(", ", allowed.Choices)}",
            CardValueKind.Url => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? null : "must be an absolute https URL",
            CardValueKind.Version => text is "1.0" or "1.1" or "1.2" or "1.3" or "1.4" ? null : "must be 1.4 at most",
            _ => throw new InvalidOperationException($"No rule for {allowed.Kind}"),
        };
    }

    private void Each(JsonNode? value, string place, Action<JsonNode?, string> check)
    {
        if (value is not JsonArray array)
        {
            _faults.Add($"{place}: must be an array");
            return;
        }

        for (var i = 0; i < array.Count; i++)
        {
            check(array[i], string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]"));
        }
    }

    private void Typed(JsonNode? value, IReadOnlyDictionary<string, CardRule> rules, string place)
    {
        if (value is not JsonObject json || json["type"] is not JsonValue type)
        {
            _faults.Add($"{place}.type: is required");
        }
        else if (rules.TryGetValue(type.ToString(), out var rule))
        {
            Check(json, rule, place);
        }
        else
        {
            _faults.Add($"{place}.type: {type} is not one of {string.Join(", ", rules.Keys)}");
        }
    }

    private void Untyped(JsonNode? value, string type, CardRule rule, string place)
    {
        if (value is not JsonObject json || (json["type"] is { } own && own.ToString() != type))
        {
            _faults.Add($"{place}: must be a {type}");
            return;
        }

        Check(json, rule, place);
    }

    private void Inline(JsonNode? value, string place)
    {
        if (value?.GetValueKind() != JsonValueKind.String)
        {
            Untyped(value, "TextRun", CardSchema.TextRun, place);
        }
    }

    private void Target(JsonNode? value, string place)
    {
        if (value?.GetValueKind() != JsonValueKind.String && (value as JsonObject)?["elementId"] is null)
        {
            _faults.Add($"{place}: must name an element");
        }
    }
}
