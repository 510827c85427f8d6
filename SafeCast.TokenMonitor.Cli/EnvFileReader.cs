using System.Text;

namespace SafeCast.TokenMonitor.Cli;

/// <summary>
/// Reads an environment file as shells and common loaders do: <c>export</c>, comments, single and double quotes, quoted values on several
/// lines, <c>$NAME</c>, <c>${NAME}</c> and <c>${NAME:-default}</c>, any line endings, a byte order mark. Error messages contain the line
/// number and never the line, which may contain the token.
/// </summary>
// Not a library: DotNetEnv expands only from the environment of this process, so the token would have to be set there first, and dotenv.net
// supports neither expansion nor "export".
internal sealed class EnvFileReader(string text, Func<string, string?> environment)
{
    private readonly string _text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
    private readonly Dictionary<string, EnvVariable> _variables = new(StringComparer.Ordinal);
    private int _at;
    private int _line = 1;

    private bool IsAtEnd => _at == _text.Length;

    private char Next => IsAtEnd ? '\n' : _text[_at];

    /// <summary>Reads all variables.</summary>
    /// <exception cref="FormatException">A line is invalid. The message contains its number and the reason, as the end of a sentence.</exception>
    public IReadOnlyDictionary<string, EnvVariable> Read()
    {
        while (!IsAtEnd)
        {
            SkipBlanks();
            if (Next is not ('\n' or '#'))
            {
                ReadAssignment();
            }

            EndLine();
        }

        return _variables;
    }

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
            throw Error(line, "is not NAME=VALUE, a comment or empty");
        }

        _at++;
        SkipBlanks();
        var value = Next switch
        {
            '\'' => ReadQuoted('\''),
            '"' => ReadQuoted('"'),
            _ => ReadBare(),
        };
        _variables[name] = new EnvVariable(value, line, IsMultiline: _line > line);
        SkipBlanks();
        if (Next is not ('\n' or '#'))
        {
            throw Error(_line, "has text after the closing quote");
        }
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
