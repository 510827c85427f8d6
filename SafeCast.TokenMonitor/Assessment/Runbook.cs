using System.Reflection;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>
/// The addresses of the runbook and its sections: one for every finding, every message about the monitor itself, and every step of the setup
/// procedure.
/// </summary>
public static class Runbook
{
    /// <summary>The path of the runbook in the repository.</summary>
    public const string File = "docs/runbook.md";

    /// <summary>The address of the newest version of the runbook.</summary>
    public static Uri Address { get; } = new($"{Repository()}/blob/main/{File}");

    /// <summary>Gets the section of a finding (<see cref="FindingDefinition.Id"/>) or a message (<see cref="MonitorMessages"/>).</summary>
    /// <param name="id">The id, which is the anchor. An invalid id, for example from a damaged state document, results in the top of the page.</param>
    public static Uri SectionOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-') ? new Uri(Address, $"#{id}") : Address;
    }

    /// <summary>Gets the section of a step of the setup procedure.</summary>
    public static Uri SectionOf(SetupStep step) => SectionOf(AnchorOf(step));

    /// <summary>Gets the anchor, such as "setup-7".</summary>
    public static string AnchorOf(SetupStep step) => $"setup-{(int)step}";

    // The build writes RepositoryUrl of Directory.Build.props into the assembly.
    private static string Repository() =>
        typeof(Runbook).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryUrl").Value!.TrimEnd('/');
}
