using Microsoft.Extensions.Options;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>One error in the configuration.</summary>
/// <param name="Key">The name of the setting, as the user writes it.</param>
/// <param name="Problem">What is wrong and how to fix it. It never quotes the value, which may be a secret in the wrong place.</param>
/// <param name="Example">A valid value.</param>
internal sealed record ConfigurationError(string Key, string Problem, string Example)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Problem} Example: {Example}";
}

/// <summary>Describes the errors in the configuration.</summary>
public static class ConfigurationErrors
{
    /// <summary>Gets a text with one line for each error.</summary>
    public static string Describe(this OptionsValidationException invalid)
    {
        ArgumentNullException.ThrowIfNull(invalid);
        var errors = invalid.Failures.ToList();
        var count = errors.Count == 1 ? "1 error" : $"{errors.Count} errors";
        return string.Join(Environment.NewLine, errors.Select(error => $"  - {error}").Prepend($"The configuration has {count}:"));
    }
}
