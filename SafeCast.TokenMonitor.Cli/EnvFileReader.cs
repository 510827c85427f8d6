using System.Text;

namespace SafeCast.TokenMonitor.Cli;

/// <summary>
/// Reads the lines of an environment file as shells and the usual loaders read them: <c>export</c>, comments, single and double quotes,
/// values over several lines in quotes, <c>$NAME</c>, <c>${NAME}</c> and <c>${NAME:-otherwise}</c>, any line ends, a byte order mark.
/// What cannot be read is named by its line, never quoted: it may be the line with the token.
/// </summary>
// Of the libraries for it, DotNetEnv expands from this process's environment only, into which it would have to put the token first,
// and dotenv.net neither expands nor knows "export".
internal sealed class EnvFileReader(string text, Func<string, string?> environment)
{
    private readonly string _text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
    private readonly Dictionary<string, EnvVariable> _variables = new(StringComparer.Ordinal);
    private int _at;
    private int _line = 1;

    private bool IsAtEnd => _at == _text.Length;

    private char Next => IsAtEnd ? '\n' : _text[_at];

    /// <summary>Reads all of it.</summary>
    /// <exception cref="FormatException">A line cannot be read. The message names it and says why, as the end of a sentence.</exception>
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
            throw Fault(line, "is neither NAME=VALUE, nor a comment, nor empty");
        }

        _at++;
        SkipBlanks();
        var value = Next switch
        {
            '\'' => ReadQuoted('\''),
            '"' => ReadQuoted('"'),
            _ => ReadBare(),
        };
        _variables[name] = new EnvVariable(value, line, IsOverSeveralLines: _line > line);
        SkipBlanks();
        if (Next is not ('\n' or '#'))
        {
            throw Fault(_line, "goes on behind the closing quote");
        }
    }

    // Programs that are no shells also set names with dots and hyphens in them.
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
                throw Fault(line, "opens a quote that is never closed");
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

    // Up to the line's end, or to a # behind white space. Quotes in the middle are part of it.
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

    /// <summary>What stands for the variable that is named here; leaves the place at the last character of its name.</summary>
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
        var otherwise = "";
        if (braced && Next is ':' or '-')
        {
            var close = _text.IndexOf('}', _at);
            otherwise = close > 0 ? _text[_at..close].TrimStart(':').TrimStart('-') : "";
            _at = close > 0 ? close : _at;
        }

        // A dollar sign by itself is one.
        if (name.Length == 0 || (braced && Next != '}'))
        {
            _at = start;
            return "$";
        }

        _at -= braced ? 0 : 1;
        var value = _variables.TryGetValue(name, out var earlier) ? earlier.Value : environment(name);
        return string.IsNullOrEmpty(value) ? otherwise : value;
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

    private static FormatException Fault(int line, string what) => new($"line {line} {what}");
}
