namespace SafeCast.TokenMonitor.Configuration;

/// <summary>The configuration is wrong or incomplete; the message lists every fault.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>With these faults.</summary>
    public ConfigurationException(IReadOnlyList<ConfigurationFault> faults)
        : base(Describe(faults))
    {
        Faults = faults;
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<ConfigurationFault> Faults { get; }

    private static string Describe(IReadOnlyList<ConfigurationFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        var count = faults.Count == 1 ? "one fault" : $"{faults.Count} faults";
        return string.Join(Environment.NewLine, faults.Select(fault => $"  - {fault}").Prepend($"The configuration has {count}:"));
    }
}
