using System.Text;

namespace SafeCast.TokenMonitor.Cli.EnvFiles;

/// <summary>
/// Reads an environment file as shells and common loaders do: <c>export</c>, comments, single and double quotes, quoted values on several
/// lines, <c>$NAME</c>, <c>${NAME}</c> and <c>${NAME:-default}</c>, any line endings, a byte order mark. A line in another syntax is skipped,
/// unless it mentions a name that is looked for. Error messages contain the line number and never the line, which may contain the token.
/// </summary>
/// <param name="text">The content of the file.</param>
/// <param name="environment">Gets a variable of the environment.</param>
/// <param name="lookedFor">The names that must not be skipped.</param>
// Not a library: DotNetEnv expands only from the environment of this process, so the token would have to be set there first, and dotenv.net
// supports neither expansion nor "export".
internal sealed class EnvFileReader(string text, Func<string, string?> environment, IReadOnlyCollection<string> lookedFor)
{
    private const string Invalid = "is not NAME=VALUE, a comment or empty";

    private readonly string _text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
    private readonly Dictionary<string, EnvVariable> _variables = new(StringComparer.Ordinal);
    private readonly List<int> _skipped = [];
    private int _at;
    private int _line = 1;

    private bool IsAtEnd => _at == _text.Length;

    private char Next => IsAtEnd ? '\n' : _text[_at];

    /// <summary>Reads all variables, and the numbers of the lines that were skipped.</summary>
    /// <exception cref="FormatException">
    /// A line that mentions a name that is looked for is invalid, or no line is valid. The message contains its number and the reason, as the
    /// end of a sentence.
    /// </exception>
    public (IReadOnlyDictionary<string, EnvVariable> Variables, IReadOnlyList<int> SkippedLines) Read()
    {
        while (!IsAtEnd)
        {
            SkipBlanks();
            if (Next is not ('\n' or '#'))
            {
                ReadLine();
            }

            EndLine();
        }

        return _variables.Count == 0 && _skipped is [var first, ..] ? throw Error(first, Invalid) : (_variables, _skipped);
    }

    private void ReadLine()
    {
        var (start, line) = (_at, _line);
        var end = _text.IndexOf('\n', start);
        var content = end < 0 ? _text[start..] : _text[start..end];
        try
        {
            ReadAssignment();
        }
        catch (FormatException e)
        {
            if (lookedFor.FirstOrDefault(name => Mentions(content, name)) is { } mentioned)
            {
                throw e.Message.EndsWith(Invalid, StringComparison.Ordinal) ? Error(line, $"mentions {mentioned} and is not NAME=VALUE: write {mentioned}=VALUE") : e;
            }

            // An opening quote may have swallowed the lines behind it.
            (_at, _line) = (start, line);
            _skipped.Add(line);
        }
    }

    private static bool Mentions(string line, string name)
    {
        var at = line.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at >= 0
            && (at == 0 || !IsOfName(line[at - 1]))
            && (name.EndsWith('_') || at + name.Length == line.Length || !IsOfName(line[at + name.Length]));
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_';

    private void ReadAssignment()
    {
        var line = _line;
        var name = ReadName();
        if (name == "export" && Next is ' ' or '\t')
        {
            SkipBlanks();
            name = ReadName();
        }

        SkipBlanks();
        if (name.Length == 0 || Next != '=')
        {
            throw Error(line, Invalid);
        }

        _at++;
        SkipBlanks();
        var value = Next switch
        {
            '\'' => ReadQuoted('\''),
            '"' => ReadQuoted('"'),
            '`' when IsClosedOnLaterLine('`') => ReadQuoted('`'),
            _ => ReadBare(),
        };
        var isMultiline = _line > line;
        SkipBlanks();
        if (Next is not ('\n' or '#'))
        {
            throw Error(_line, "has text after the closing quote");
        }

        _variables[name] = new EnvVariable(value, line, isMultiline)
        {
            ContradictingLine = _variables.TryGetValue(name, out var earlier) && earlier.Value != value ? earlier.Line : null,
        };
    }

    // Some loaders read a value in backticks as a quoted one; shells execute it. On one line it is left as it is.
    private bool IsClosedOnLaterLine(char quote)
    {
        var close = _text.IndexOf(quote, _at + 1);
        return close > 0 && _text.AsSpan(_at, close - _at).Contains('\n');
    }

    // Other programs than shells also use names with dots and hyphens.
    private string ReadName() => ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    private string ReadShellName() => ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_');

    private string ReadWhile(Func<char, bool> belongs)
    {
        var start = _at;
        while (!IsAtEnd && belongs(Next) && !(_at == start && char.IsAsciiDigit(Next)))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private string ReadQuoted(char quote)
    {
        var line = _line;
        var value = new StringBuilder();
        for (_at++; ; _at++)
        {
            if (IsAtEnd)
            {
                throw Error(line, "has an opening quote without a closing quote");
            }

            switch (Next)
            {
                case var closing when closing == quote:
                    _at++;
                    return value.ToString();
                case '\\' when quote == '"' && _at + 1 < _text.Length:
                    value.Append(_text[++_at] switch
                    {
                        'n' => "\n",
                        'r' => "\r",
                        't' => "\t",
                        '"' or '\\' or '$' or '`' => _text[_at].ToString(),
                        _ => $"\\{_text[_at]}",
                    });
                    break;
                case '$' when quote == '"':
                    value.Append(Expand());
                    break;
                case '\n':
                    _line++;
                    value.Append('\n');
                    break;
                default:
                    value.Append(Next);
                    break;
            }
        }
    }

    // Up to the end of the line, or to a # after white space. Quotes in the middle belong to the value.
    private string ReadBare()
    {
        var value = new StringBuilder();
        for (; Next != '\n' && !(Next == '#' && (value.Length == 0 || char.IsWhiteSpace(_text[_at - 1]))); _at++)
        {
            if (Next == '$')
            {
                value.Append(Expand());
            }
            else
            {
                value.Append(Next);
            }
        }

        return value.ToString().TrimEnd();
    }

    /// <summary>Gets the value of the variable at the current position, and moves to the last character of its name.</summary>
    private string Expand()
    {
        var start = _at;
        _at++;
        var braced = Next == '{';
        if (braced)
        {
            _at++;
        }

        var name = ReadShellName();
        var defaultValue = "";
        if (braced && Next is ':' or '-')
        {
            var close = _text.IndexOf('}', _at);
            defaultValue = close > 0 ? _text[_at..close].TrimStart(':').TrimStart('-') : "";
            _at = close > 0 ? close : _at;
        }

        // A single dollar sign stands for itself.
        if (name.Length == 0 || (braced && Next != '}'))
        {
            _at = start;
            return "$";
        }

        _at -= braced ? 0 : 1;
        var value = _variables.TryGetValue(name, out var earlier) ? earlier.Value : environment(name);
        return string.IsNullOrEmpty(value) ? defaultValue : value;
    }

    private void SkipBlanks()
    {
        while (!IsAtEnd && Next is ' ' or '\t')
        {
            _at++;
        }
    }

    private void EndLine()
    {
        while (!IsAtEnd && Next != '\n')
        {
            _at++;
        }

        if (!IsAtEnd)
        {
            _at++;
            _line++;
        }
    }

    private static FormatException Error(int line, string what) => new($"line {line} {what}");
}
