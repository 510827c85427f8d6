using System.Globalization;
using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>
/// Evaluates the expressions that a snapshot leaves unresolved because only Azure knows their values: properties of deployed resources,
/// and the addresses of the cloud. It uses sample values, and leaves expressions that no test needs unchanged.
/// </summary>
internal sealed class ArmExpression
{
    public const string ClientId = "66666666-6666-6666-6666-666666666666";
    public const string PrincipalId = "77777777-7777-7777-7777-777777777777";

    public const string TopicPrincipalId = "99999999-9999-9999-9999-999999999999";

    public const string AlarmsPrincipalId = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";

    public const string ConnectionString =
        "InstrumentationKey=88888888-8888-8888-8888-888888888888;IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/";

    private readonly string _text;
    private int _at;

    private ArmExpression(string text) => _text = text;

    /// <summary>Returns a copy of the node with its expressions replaced by values.</summary>
    public static JsonNode? Evaluate(JsonNode? node) => node switch
    {
        JsonObject properties => new JsonObject(properties.Select(property => KeyValuePair.Create(property.Key, Evaluate(property.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Evaluate)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Evaluate(text)),
        _ => node?.DeepClone(),
    };

    private static string Evaluate(string text) => text switch
    {
        ['[', '[', ..] => text[1..],
        ['[', .., ']'] => new ArmExpression(text[1..^1]) is var expression && expression.Value() is { } value && expression.IsAtEnd ? value : text,
        _ => text,
    };

    private bool IsAtEnd => _at == _text.Length;

    // Null for an unsupported expression.
    private string? Value()
    {
        if (_text[_at] == '\'')
        {
            return Literal();
        }

        var name = Identifier();
        return name.Length == 0 || IsAtEnd || _text[_at] != '(' || Arguments() is not { } arguments ? null : name switch
        {
            "format" => string.Format(CultureInfo.InvariantCulture, arguments[0], [.. arguments.Skip(1)]),
            "replace" => arguments[0].Replace(arguments[1], arguments[2], StringComparison.Ordinal),
            "environment" => Path() switch
            {
                ".suffixes.storage" => "core.windows.net",
                ".suffixes.keyvaultDns" => ".vault.azure.net",
                _ => null,
            },
            "reference" => Path() switch
            {
                ".clientId" => ClientId,
                ".principalId" when arguments[0].Contains("/id-alarms-", StringComparison.Ordinal) => AlarmsPrincipalId,
                ".principalId" => PrincipalId,
                ".identity.principalId" => TopicPrincipalId,
                ".ConnectionString" => ConnectionString,
                ".ipAddress" => "203.0.113.7",
                _ => null,
            },
            _ => null,
        };
    }

    private string[]? Arguments()
    {
        var arguments = new List<string>();
        _at++;
        while (!IsAtEnd && _text[_at] != ')')
        {
            if (Value() is not { } argument || IsAtEnd)
            {
                return null;
            }

            arguments.Add(argument);
            _at += _text[_at] == ',' ? 2 : 0;
        }

        _at++;
        return [.. arguments];
    }

    private string Literal()
    {
        _at++;
        var literal = "";
        while (_text[_at] != '\'' || _text.ElementAtOrDefault(_at + 1) == '\'')
        {
            _at += _text[_at] == '\'' ? 1 : 0;
            literal += _text[_at++];
        }

        _at++;
        return literal;
    }

    private string Identifier() => While(char.IsLetterOrDigit);

    private string Path() => While(c => char.IsLetterOrDigit(c) || c == '.');

    private string While(Func<char, bool> condition)
    {
        var start = _at;
        while (_at < _text.Length && condition(_text[_at]))
        {
            _at++;
        }

        return _text[start.._at];
    }
}
