namespace SafeCast.TokenMonitor.Configuration;

/// <summary>One error in the configuration.</summary>
/// <param name="Key">The name of the setting, as written in an environment variable or app setting.</param>
/// <param name="Problem">What is wrong and how to fix it. It never quotes the value, which may be a secret in the wrong place.</param>
/// <param name="Example">A valid value.</param>
public sealed record ConfigurationError(string Key, string Problem, string Example)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Problem} Example: {Example}";
}
