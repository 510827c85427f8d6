namespace SafeCast.TokenMonitor.Configuration;

/// <summary>One thing wrong with the configuration.</summary>
/// <param name="Key">The setting, as an environment variable or app setting spells it.</param>
/// <param name="Problem">What is wrong with it, as a sentence that never quotes the value, which may be a secret in the wrong place.</param>
/// <param name="Example">A right value.</param>
public sealed record ConfigurationFault(string Key, string Problem, string Example)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Problem} Example: {Example}";
}
