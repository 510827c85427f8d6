using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using SafeCast.TokenMonitor.Http;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>
/// Reads values of one configuration, notes every fault instead of stopping at the first, and remembers what was asked for, so that
/// a setting that nobody asked for, most likely a slip of the pen, is a fault as well.
/// </summary>
internal sealed partial class ConfigurationSource(IConfiguration configuration)
{
    private readonly List<ConfigurationFault> _faults = [];
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<ConfigurationFault> Faults => _faults;

    /// <summary>The paths that somebody asked for.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>What works and should be changed, each a sentence.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The path to read of a setting that was renamed: the current one, or the old one where only that is set.</summary>
    public string Renamed(string path, string before)
    {
        if (!Has(before))
        {
            return path;
        }

        if (Has(path))
        {
            _asked.Add(before);
            Fault(before, $"is the old name of {Spelled(path)}, and both are set: remove this one.", $"{Spelled(path)}={configuration[path]}");
            return path;
        }

        _warnings.Add($"{Spelled(before)} was renamed to {Spelled(path)}. The old name still works; change it in your settings.");
        return before;
    }

    public void Fault(string path, string problem, string example) => _faults.Add(new ConfigurationFault(Spelled(path), problem, example));

    /// <summary>The value at this path, without white space around it; null when absent or empty.</summary>
    public string? Text(string path)
    {
        _asked.Add(path);
        return configuration[path]?.Trim() is { Length: > 0 } value ? value : null;
    }

    /// <summary>Whether anything is set at or below this path. A template that leaves a setting empty has not set it.</summary>
    public bool Has(string path) => configuration.GetSection(path).AsEnumerable().Any(setting => !string.IsNullOrWhiteSpace(setting.Value));

    /// <summary>The names directly below this path.</summary>
    public IReadOnlyList<string> Names(string path) => [.. configuration.GetSection(path).GetChildren().Select(child => child.Key)];

    /// <summary>The values at <c>PATH:0</c>, <c>PATH:1</c> and so on.</summary>
    public IReadOnlyList<(string Path, string Value)> List(string path, string example)
    {
        if (Text(path) is not null)
        {
            Fault(path, "is a list: give each value a number of its own.", $"{Spelled(path)}__0={example}");
        }

        return [.. from name in Names(path)
                   let item = $"{path}:{name}"
                   let value = Text(item)
                   where value is not null
                   select (item, value)];
    }

    public string? Text(string path, Regex shape, string problem, string example)
    {
        var value = Text(path);
        if (value is null || shape.IsMatch(value))
        {
            return value;
        }

        Fault(path, problem, example);
        return null;
    }

    public string? Required(string path, string? value, string problem, string example)
    {
        // Absent, rather than wrong: that has been said.
        if (value is null && Text(path) is null)
        {
            Fault(path, problem, example);
        }

        return value;
    }

    /// <summary>An id of Meta's: digits, and nothing else.</summary>
    public string? Id(string path, string of) =>
        Text(path, DigitsOnly(), $"is not {of}: {(Text(path) is { } value ? IdFault(value) : "")}.", "123456789012345");

    // The usual mistakes by name, without the value: it may be a secret in the wrong place.
    private static string IdFault(string value) => value switch
    {
        ['"', ..] or ['\'', ..] or [.., '"'] or [.., '\''] => "it has quotes around it, and must be digits only",
        ['+', ..] or ['(', ..] => "it is a phone number itself, and not an id. WhatsApp Manager > API setup shows the id below the number",
        ['<', ..] or ['$', ..] or ['{', ..] => "it is a placeholder that was never filled in",
        _ when value.Contains("your", StringComparison.OrdinalIgnoreCase) || value.StartsWith("xxx", StringComparison.OrdinalIgnoreCase) =>
            "it is a placeholder that was never filled in",
        _ when value.All(c => char.IsAsciiDigit(c) || c is ' ' or '-') && value.Any(c => c is ' ' or '-') => "it has spaces or hyphens in it, and must be digits only",
        _ when value.All(char.IsAsciiDigit) => "it must be 5 to 25 digits",
        _ => "it must be digits only",
    };

    /// <summary>The name of a secret.</summary>
    public string? SecretName(string path, string example)
    {
        var value = Text(path);
        if (value is null)
        {
            return null;
        }

        if (LooksLikeASecret().IsMatch(value))
        {
            Fault(path, "looks like a secret itself. Only the name of the secret in the vault belongs here; consider this one leaked.", example);
            return null;
        }

        if (!SecretNameShape().IsMatch(value))
        {
            Fault(path, "is not the name of a secret: 1 to 127 letters, digits and hyphens.", example);
            return null;
        }

        return value;
    }

    /// <summary>An address. Plain http only on this machine, because secrets travel there.</summary>
    public Uri? Address(string path, string example)
    {
        if (Text(path) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopbackHost()))
            && url is { Query: "", Fragment: "", UserInfo: "" })
        {
            return url;
        }

        Fault(path, "is not an https:// address without a query.", example);
        return null;
    }

    public string? MailAddress(string path, string value, string example)
    {
        if (System.Net.Mail.MailAddress.TryCreate(value, out var address) && address.Address == value && address.Host.Contains('.'))
        {
            return value;
        }

        Fault(path, "is not an e-mail address.", example);
        return null;
    }

    public int Integer(string path, int otherwise, int from, int to)
    {
        if (Text(path) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to)
        {
            return value;
        }

        Fault(path, $"is not a whole number from {from} to {to}.", otherwise.ToString(CultureInfo.InvariantCulture));
        return otherwise;
    }

    /// <summary>A span of time, from one hour to a year, as <c>d.hh:mm:ss</c> or <c>hh:mm:ss</c>.</summary>
    public TimeSpan Duration(string path, TimeSpan otherwise)
    {
        if (Text(path) is not { } text)
        {
            return otherwise;
        }

        // .NET reads "24:00:00" as 24 days. Nobody who writes it means that.
        if (TimeSpan.TryParseExact(text, [@"h\:mm\:ss", @"hh\:mm\:ss", @"d\.hh\:mm\:ss"], CultureInfo.InvariantCulture, out var span)
            && span >= TimeSpan.FromHours(1)
            && span <= TimeSpan.FromDays(366))
        {
            return span;
        }

        Fault(path, "is not a span of time from one hour to a year, written days.hours:minutes:seconds.", otherwise.ToString("c", CultureInfo.InvariantCulture));
        return otherwise;
    }

    public T OneOf<T>(string path, T otherwise)
        where T : struct, Enum
    {
        if (Text(path) is not { } text)
        {
            return otherwise;
        }

        // By name only: parsing as such would also take numbers, signs and several names at once.
        if (Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<T>(known);
        }

        Fault(path, $"is none of {string.Join(", ", Enum.GetNames<T>())}.", otherwise.ToString());
        return otherwise;
    }

    /// <summary>Every setting below this path that nobody asked for.</summary>
    public void RefuseUnknown(string path)
    {
        foreach (var (key, value) in configuration.GetSection(path).AsEnumerable())
        {
            if (value is { Length: > 0 } && !_asked.Contains(key))
            {
                Fault(key, "is not a setting of this monitor. See the table of settings in docs/configuration.md.", NearestTo(key));
            }
        }
    }

    /// <summary>The setting's name as an environment variable or app setting.</summary>
    private static string Spelled(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    // Of the settings that were asked for beside it, the one that shares the longest beginning: enough to show the right spelling.
    private string NearestTo(string key)
    {
        var parent = key[..(key.LastIndexOf(':') + 1)];
        var nearest = _asked
            .Where(asked => asked.StartsWith(parent, StringComparison.OrdinalIgnoreCase) && !asked[parent.Length..].Contains(':'))
            .OrderByDescending(asked => asked.Zip(key).TakeWhile(pair => char.ToUpperInvariant(pair.First) == char.ToUpperInvariant(pair.Second)).Count())
            .ThenBy(asked => asked, StringComparer.Ordinal)
            .FirstOrDefault();
        return Spelled(nearest ?? "TokenMonitor:VaultUri");
    }

    [GeneratedRegex("^[0-9]{5,25}$", RegexOptions.CultureInvariant)]
    private static partial Regex DigitsOnly();

    [GeneratedRegex("^[0-9A-Za-z-]{1,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex SecretNameShape();

    [GeneratedRegex(@"^(EAA[A-Za-z0-9]{16,}|[0-9a-fA-F]{32,}|SG\..+|https?://.+|\d{5,25}\|.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeASecret();
}
