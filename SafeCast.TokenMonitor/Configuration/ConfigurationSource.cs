using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using SafeCast.TokenMonitor.Http;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>
/// Reads values of one configuration. It collects every error instead of stopping at the first, and records which keys were read, so
/// that an unknown key, most likely a misspelled one, is an error as well.
/// </summary>
internal sealed partial class ConfigurationSource(IConfiguration configuration)
{
    private readonly List<ConfigurationError> _errors = [];
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _readPaths = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<ConfigurationError> Errors => _errors;

    /// <summary>The paths that were read.</summary>
    public IReadOnlyCollection<string> ReadPaths => _readPaths;

    /// <summary>Settings that still work and should be changed, one sentence each.</summary>
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
            _readPaths.Add(before);
            AddError(before, $"is the old name of {DisplayName(path)}, and both are set: remove the old one.", $"{DisplayName(path)}={configuration[path]}");
            return path;
        }

        _warnings.Add($"{DisplayName(before)} was renamed to {DisplayName(path)}. The old name still works; change it in your settings.");
        return before;
    }

    public void AddError(string path, string problem, string example) => _errors.Add(new ConfigurationError(DisplayName(path), problem, example));

    /// <summary>The value at this path, without white space around it; null when absent or empty.</summary>
    public string? Text(string path)
    {
        _readPaths.Add(path);
        return configuration[path]?.Trim() is { Length: > 0 } value ? value : null;
    }

    /// <summary>Whether anything is set at or below this path. An empty value counts as not set: templates leave optional settings empty.</summary>
    public bool Has(string path) => configuration.GetSection(path).AsEnumerable().Any(setting => !string.IsNullOrWhiteSpace(setting.Value));

    /// <summary>The names directly below this path.</summary>
    public IReadOnlyList<string> Names(string path) => [.. configuration.GetSection(path).GetChildren().Select(child => child.Key)];

    /// <summary>The values at <c>PATH:0</c>, <c>PATH:1</c> and so on.</summary>
    public IReadOnlyList<(string Path, string Value)> List(string path, string example)
    {
        if (Text(path) is not null)
        {
            AddError(path, "is a list: give each value its own index.", $"{DisplayName(path)}__0={example}");
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

        AddError(path, problem, example);
        return null;
    }

    public string? Required(string path, string? value, string problem, string example)
    {
        // Only if the value is absent: an invalid one has been reported already.
        if (value is null && Text(path) is null)
        {
            AddError(path, problem, example);
        }

        return value;
    }

    /// <summary>An id that Meta assigned: digits only.</summary>
    public string? Id(string path, string of) =>
        Text(path, DigitsOnly(), $"is not {of}: {(Text(path) is { } value ? DescribeInvalidId(value) : "")}.", "123456789012345");

    // Names the usual mistakes without quoting the value, which may be a secret in the wrong place.
    private static string DescribeInvalidId(string value) => value switch
    {
        ['"', ..] or ['\'', ..] or [.., '"'] or [.., '\''] => "the value is in quotes, and must be digits only",
        ['+', ..] or ['(', ..] => "the value is a phone number. WhatsApp Manager > API setup shows the id below the number",
        ['<', ..] or ['$', ..] or ['{', ..] => "the value is a placeholder. Replace it with the id",
        _ when value.Contains("your", StringComparison.OrdinalIgnoreCase) || value.StartsWith("xxx", StringComparison.OrdinalIgnoreCase) =>
            "the value is a placeholder. Replace it with the id",
        _ when value.All(c => char.IsAsciiDigit(c) || c is ' ' or '-') && value.Any(c => c is ' ' or '-') => "the value contains spaces or hyphens, and must be digits only",
        _ when value.All(char.IsAsciiDigit) => "the value must have 5 to 25 digits",
        _ => "the value must be digits only",
    };

    /// <summary>The name of a secret.</summary>
    public string? SecretName(string path, string example)
    {
        var value = Text(path);
        if (value is null)
        {
            return null;
        }

        if (LooksLikeSecret().IsMatch(value))
        {
            AddError(path, "looks like a secret. Set the name of the secret in the vault instead, and replace the exposed secret.", example);
            return null;
        }

        if (!SecretNameShape().IsMatch(value))
        {
            AddError(path, "is not the name of a secret: use 1 to 127 letters, digits and hyphens.", example);
            return null;
        }

        return value;
    }

    /// <summary>An address. http:// is accepted for this machine only, because requests to it carry secrets.</summary>
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

        AddError(path, "is not an https:// address, or has a query.", example);
        return null;
    }

    public string? MailAddress(string path, string value, string example)
    {
        if (System.Net.Mail.MailAddress.TryCreate(value, out var address) && address.Address == value && address.Host.Contains('.'))
        {
            return value;
        }

        AddError(path, "is not an e-mail address.", example);
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

        AddError(path, $"is not a whole number from {from} to {to}.", otherwise.ToString(CultureInfo.InvariantCulture));
        return otherwise;
    }

    /// <summary>A time span from one hour to 366 days, written as <c>d.hh:mm:ss</c> or <c>hh:mm:ss</c>.</summary>
    public TimeSpan Duration(string path, TimeSpan otherwise)
    {
        if (Text(path) is not { } text)
        {
            return otherwise;
        }

        // TimeSpan.Parse reads "24:00:00" as 24 days, which is never what the user means, so it is an error.
        if (TimeSpan.TryParseExact(text, [@"h\:mm\:ss", @"hh\:mm\:ss", @"d\.hh\:mm\:ss"], CultureInfo.InvariantCulture, out var span)
            && span >= TimeSpan.FromHours(1)
            && span <= TimeSpan.FromDays(366))
        {
            return span;
        }

        AddError(path, "is not a time span from one hour to 366 days, written days.hours:minutes:seconds.", otherwise.ToString("c", CultureInfo.InvariantCulture));
        return otherwise;
    }

    public T OneOf<T>(string path, T otherwise)
        where T : struct, Enum
    {
        if (Text(path) is not { } text)
        {
            return otherwise;
        }

        // By name only: Enum.TryParse would also accept numbers, signs and lists of names.
        if (Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<T>(known);
        }

        AddError(path, $"must be one of {string.Join(", ", Enum.GetNames<T>())}.", otherwise.ToString());
        return otherwise;
    }

    /// <summary>Reports every setting below this path that was not read.</summary>
    public void RejectUnknown(string path)
    {
        foreach (var (key, value) in configuration.GetSection(path).AsEnumerable())
        {
            if (value is { Length: > 0 } && !_readPaths.Contains(key))
            {
                AddError(key, "is not a setting of the monitor: see the table of settings in docs/configuration.md.", Nearest(key));
            }
        }
    }

    /// <summary>The setting's name as an environment variable or app setting.</summary>
    private static string DisplayName(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    // Of the known settings in the same section, the one with the longest common prefix: enough to show the right spelling.
    private string Nearest(string key)
    {
        var parent = key[..(key.LastIndexOf(':') + 1)];
        var nearest = _readPaths
            .Where(asked => asked.StartsWith(parent, StringComparison.OrdinalIgnoreCase) && !asked[parent.Length..].Contains(':'))
            .OrderByDescending(asked => asked.Zip(key).TakeWhile(pair => char.ToUpperInvariant(pair.First) == char.ToUpperInvariant(pair.Second)).Count())
            .ThenBy(asked => asked, StringComparer.Ordinal)
            .FirstOrDefault();
        return DisplayName(nearest ?? "TokenMonitor:VaultUri");
    }

    [GeneratedRegex("^[0-9]{5,25}$", RegexOptions.CultureInvariant)]
    private static partial Regex DigitsOnly();

    [GeneratedRegex("^[0-9A-Za-z-]{1,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex SecretNameShape();

    [GeneratedRegex(@"^(EAA[A-Za-z0-9]{16,}|[0-9a-fA-F]{32,}|SG\..+|https?://.+|\d{5,25}\|.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeSecret();
}
