using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Http;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>Collects the errors in settings, and checks single values. No message quotes a value, which may be a secret in the wrong place.</summary>
/// <param name="section">The configuration that the values were bound from.</param>
/// <param name="nameOf">Gets the name of a setting as the user writes it, from its name as an environment variable.</param>
internal sealed partial class SettingErrors(BindableSection section, Func<string, string> nameOf)
{
    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ConfigurationError> _errors = [];

    /// <summary>The errors so far.</summary>
    public IReadOnlyList<ConfigurationError> All => _errors;

    /// <summary>Adds an error, unless this setting has one already.</summary>
    public void Add(string path, string problem, string example)
    {
        if (_paths.Add(path))
        {
            _errors.Add(new ConfigurationError(Name(path), problem, example));
        }
    }

    /// <summary>The setting's name as the user writes it.</summary>
    public string Name(string path) => nameOf(BindableSection.EnvironmentName(section.Spelling(path)));

    /// <summary>Requires a value. The error of an invalid one, or of the list that it belongs to, is enough.</summary>
    public void Require(string path, object? value, string problem, string example)
    {
        if (value is null && !_paths.Contains(path[..Math.Max(path.LastIndexOf(':'), 0)]))
        {
            Add(path, $"is missing: {problem}", example);
        }
    }

    /// <summary>An id that Meta assigned: digits only.</summary>
    public void Id(string path, string? value, string of)
    {
        if (value is not null && !DigitsOnly().IsMatch(value))
        {
            Add(path, $"is not {of}: {DescribeInvalidId(value)}.", "123456789012345");
        }
    }

    /// <summary>The name of a secret.</summary>
    public void SecretName(string path, string? value, string example)
    {
        if (value is null)
        {
            return;
        }

        if (LooksLikeSecret().IsMatch(value))
        {
            Add(path, "looks like a secret. Set the name of the secret in the vault instead, and replace the exposed secret.", example);
        }
        else if (!SecretNameShape().IsMatch(value))
        {
            Add(path, "is not the name of a secret: use 1 to 127 letters, digits and hyphens.", example);
        }
    }

    /// <summary>An address. http:// is accepted for this machine only, because requests to it carry secrets.</summary>
    public void Address(string path, Uri? value, string example)
    {
        if (section.IsUnreadable(path) || (value is not null && !IsSafe(value)))
        {
            Add(path, "is not an https:// address, or has a query.", example);
        }
    }

    /// <summary>An e-mail address without a display name.</summary>
    public void Mail(string path, string? value, string example)
    {
        if (value is not null && !(MailAddress.TryCreate(value, out var address) && address.Address == value && address.Host.Contains('.')))
        {
            Add(path, "is not an e-mail address.", example);
        }
    }

    /// <summary>A whole number in a range.</summary>
    public void Integer(string path, int value, int from, int to, int example)
    {
        if (section.IsUnreadable(path) || value < from || value > to)
        {
            Add(path, $"is not a whole number from {from} to {to}.", example.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A time span from one hour to 366 days.</summary>
    public void Interval(string path, TimeSpan value, TimeSpan example)
    {
        if (section.IsUnreadable(path) || value < TimeSpan.FromHours(1) || value > TimeSpan.FromDays(366))
        {
            Add(path, "is not a time span from one hour to 366 days, written days.hours:minutes:seconds.", example.ToString("c", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>One of the names of an enumeration.</summary>
    public void OneOf<T>(string path, T example)
        where T : struct, Enum
    {
        if (section.IsUnreadable(path))
        {
            Add(path, $"must be one of {string.Join(", ", Enum.GetNames<T>())}.", example.ToString());
        }
    }

    /// <summary>A value of a shape.</summary>
    public void Shape(string path, string value, Regex shape, string problem, string example)
    {
        if (!shape.IsMatch(value))
        {
            Add(path, problem, example);
        }
    }

    /// <summary>A list: each value has its own index.</summary>
    public void List(string path, string example)
    {
        if (section.SectionsWithValue.Contains(path, StringComparer.OrdinalIgnoreCase))
        {
            Add(path, "is a list: give each value its own index.", $"{Name(path)}__0={example}");
        }
    }

    private static bool IsSafe(Uri url) =>
        url.IsAbsoluteUri
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopbackHost()))
        && url is { Query: "", Fragment: "", UserInfo: "" };

    private const string StillPlaceholder = "the value is still the placeholder. Replace it with the id";

    private static string DescribeInvalidId(string value) => value switch
    {
        ['"', ..] or ['\'', ..] or [.., '"'] or [.., '\''] => "the value is in quotes, and must be digits only",
        ['+', ..] or ['(', ..] => "the value is a phone number. WhatsApp Manager > API setup shows the id below the number",
        ['$', ..] or ['{', ..] => StillPlaceholder,
        _ when Placeholder.Matches(value) => StillPlaceholder,
        _ when value.All(c => char.IsAsciiDigit(c) || c is ' ' or '-') && value.Any(c => c is ' ' or '-') => "the value contains spaces or hyphens, and must be digits only",
        _ when value.All(char.IsAsciiDigit) => "the value must have 5 to 25 digits",
        _ => "the value must be digits only",
    };

    [GeneratedRegex("^[0-9]{5,25}$", RegexOptions.CultureInvariant)]
    private static partial Regex DigitsOnly();

    [GeneratedRegex("^[0-9A-Za-z-]{1,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex SecretNameShape();

    [GeneratedRegex(@"^(EAA[A-Za-z0-9]{16,}|[0-9a-fA-F]{32,}|SG\..+|https?://.+|\d{5,25}\|.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeSecret();
}
