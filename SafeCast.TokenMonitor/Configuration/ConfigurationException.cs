namespace SafeCast.TokenMonitor.Configuration;

/// <summary>The configuration is invalid or incomplete; the message lists every error.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Creates the exception for these errors.</summary>
    public ConfigurationException(IReadOnlyList<ConfigurationError> errors)
        : base(Describe(errors))
    {
        Errors = errors;
    }

    /// <summary>Every error in the configuration.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }

    private static string Describe(IReadOnlyList<ConfigurationError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var count = errors.Count == 1 ? "1 error" : $"{errors.Count} errors";
        return string.Join(Environment.NewLine, errors.Select(error => $"  - {error}").Prepend($"The configuration has {count}:"));
    }
}
