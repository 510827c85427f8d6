using System.Reflection;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>
/// Where the runbook stands, and its sections: one for every finding, for every message of the monitor about itself, and for every
/// step of the setup procedure.
/// </summary>
public static class Runbook
{
    /// <summary>The runbook's file, from the repository's root.</summary>
    public const string File = "docs/runbook.md";

    /// <summary>The runbook's address, of the newest version.</summary>
    public static Uri Address { get; } = new($"{Repository()}/blob/main/{File}");

    /// <summary>The section of a finding (<see cref="FindingDefinition.Id"/>), or of a message (<see cref="MonitorMessages"/>).</summary>
    /// <param name="id">Its id, which is its anchor. What cannot be one, because it comes from a damaged state, leads to the top.</param>
    public static Uri SectionOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-') ? new Uri(Address, $"#{id}") : Address;
    }

    /// <summary>The section of a step of the setup procedure.</summary>
    public static Uri SectionOf(SetupStep step) => SectionOf(AnchorOf(step));

    /// <summary>"setup-7".</summary>
    public static string AnchorOf(SetupStep step) => $"setup-{(int)step}";

    // The build writes RepositoryUrl of Directory.Build.props into the assembly.
    private static string Repository() =>
        typeof(Runbook).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryUrl").Value!.TrimEnd('/');
}
