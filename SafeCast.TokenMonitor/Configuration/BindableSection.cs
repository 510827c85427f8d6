using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>
/// A configuration section compared with the class that it is bound to. The binder ignores unknown keys, stops at the first value that it
/// cannot convert, and quotes that value, which may be a secret in the wrong place. So this class finds both before, and leaves them out.
/// </summary>
internal sealed class BindableSection
{
    // The settings that were renamed, by their old name.
    private static readonly Dictionary<string, string> NewNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TokenMonitor:BlindAfter"] = "TokenMonitor:UnknownAfter",
    };

    private static readonly string[] TimeSpanFormats = [@"h\:mm\:ss", @"hh\:mm\:ss", @"d\.hh\:mm\:ss"];

    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _spelling = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _unreadable = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Path, string? Nearest)> _unknown = [];
    private readonly List<(string Old, string New)> _renamed = [];
    private readonly List<(string Old, string New)> _setTwice = [];
    private readonly List<string> _sectionsWithValue = [];

    /// <summary>Compares a section with a class.</summary>
    public BindableSection(IConfigurationSection section, Type type) => Visit(section, section.Path, type);

    /// <summary>The values that the binder can convert, without white space around them. An empty value counts as not set: templates leave optional settings empty.</summary>
    public IConfiguration Values => new ConfigurationBuilder().AddInMemoryCollection(_values).Build();

    /// <summary>The keys that the class does not have, each with the most similar one that it has.</summary>
    public IReadOnlyList<(string Path, string? Nearest)> Unknown => _unknown;

    /// <summary>The settings that are set under an old name only.</summary>
    public IReadOnlyList<(string Old, string New)> Renamed => _renamed;

    /// <summary>The settings that are set under an old name and the new one.</summary>
    public IReadOnlyList<(string Old, string New)> SetTwice => _setTwice;

    /// <summary>The paths that have a value, although only the settings below them can have one.</summary>
    public IReadOnlyList<string> SectionsWithValue => _sectionsWithValue;

    /// <summary>The name of a setting as an environment variable or app setting.</summary>
    public static string EnvironmentName(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Whether anything is set at or below this path.</summary>
    public bool Has(string path) =>
        _values.Keys.Concat(_unreadable).Any(key => key.StartsWith(path, StringComparison.OrdinalIgnoreCase) && (key.Length == path.Length || key[path.Length] == ':'));

    /// <summary>Whether the value at this path does not fit its property.</summary>
    public bool IsUnreadable(string path) => _unreadable.Contains(path);

    /// <summary>The path of a setting as it is written in the configuration, perhaps in another case or under an old name.</summary>
    public string Spelling(string path) => _spelling.GetValueOrDefault(path, path);

    /// <summary>The paths of the values of a list, in order.</summary>
    public IReadOnlyList<string> Items(string path) =>
        [.. _values.Keys.Where(key => key.StartsWith($"{path}:", StringComparison.OrdinalIgnoreCase)).Order(ConfigurationKeyComparer.Instance)];

    private void Visit(IConfigurationSection section, string path, Type type)
    {
        if (IsScalar(type))
        {
            Read(section, path, type);
            AddUnknown(section.GetChildren(), nearest: path);
            return;
        }

        if (HasValue(section))
        {
            _sectionsWithValue.Add(path);
        }

        foreach (var child in section.GetChildren())
        {
            VisitChild(section, child, $"{path}:{child.Key}", type);
        }
    }

    private void VisitChild(IConfigurationSection parent, IConfigurationSection child, string path, Type type)
    {
        if (ElementType(type) is { } element)
        {
            Visit(child, path, element);
        }
        else if (NewNames.TryGetValue(path, out var current))
        {
            VisitRenamed(parent, child, current, type);
        }
        else if (Property(type, child.Key) is { } property)
        {
            Visit(child, path, property.PropertyType);
        }
        else
        {
            AddUnknown([child], $"{parent.Path}:{Nearest(child.Key, type)}");
        }
    }

    private void VisitRenamed(IConfigurationSection parent, IConfigurationSection child, string current, Type type)
    {
        var name = current[(current.LastIndexOf(':') + 1)..];
        if (HasValue(parent.GetSection(name)))
        {
            _setTwice.Add((child.Path, current));
        }
        else if (HasValue(child))
        {
            _renamed.Add((child.Path, current));
            Visit(child, current, Property(type, name)!.PropertyType);
        }
    }

    private void Read(IConfigurationSection section, string path, Type type)
    {
        if (section.Value?.Trim() is not { Length: > 0 } value)
        {
            return;
        }

        _spelling[path] = section.Path;
        if (Fits(value, type))
        {
            _values[path] = value;
        }
        else
        {
            _unreadable.Add(path);
        }
    }

    private void AddUnknown(IEnumerable<IConfigurationSection> sections, string? nearest)
    {
        foreach (var section in sections)
        {
            _unknown.AddRange(section.AsEnumerable().Where(setting => !string.IsNullOrWhiteSpace(setting.Value)).Select(setting => (setting.Key, nearest)));
        }
    }

    private static bool HasValue(IConfigurationSection section) => !string.IsNullOrWhiteSpace(section.Value);

    // TimeSpan.Parse reads "24:00:00" as 24 days, which is never meant, and Enum.TryParse accepts numbers, signs and lists of names.
    private static bool Fits(string value, Type type) => type switch
    {
        _ when type == typeof(int) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        _ when type == typeof(TimeSpan) => TimeSpan.TryParseExact(value, TimeSpanFormats, CultureInfo.InvariantCulture, out _),
        _ when type == typeof(Uri) => Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _),
        { IsEnum: true } => Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase),
        _ => true,
    };

    private static bool IsScalar(Type type) => type.IsValueType || type == typeof(string) || type == typeof(Uri);

    private static Type? ElementType(Type type) => type.IsAssignableTo(typeof(IEnumerable)) ? type.GenericTypeArguments[^1] : null;

    private static PropertyInfo? Property(Type type, string name) =>
        Properties(type).FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    // What the binder binds: properties with a public setter, and objects and collections that exist.
    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } || (property.SetMethod is null && !IsScalar(property.PropertyType)));

    // The name with the longest common prefix: enough to show the right spelling.
    private static string Nearest(string name, Type type) => Properties(type)
        .Select(property => property.Name)
        .OrderByDescending(known => known.Zip(name).TakeWhile(pair => char.ToUpperInvariant(pair.First) == char.ToUpperInvariant(pair.Second)).Count())
        .ThenBy(known => known, StringComparer.Ordinal)
        .First();
}
