using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SafeCast.TokenMonitor.Cli.Commands;

/// <summary>A command whose help lists its exit statuses.</summary>
/// <param name="name">The name.</param>
/// <param name="description">The purpose, one or two sentences.</param>
/// <param name="exitStatuses">The exit statuses and their meanings.</param>
internal sealed class MonitorCommand(string name, string description, IReadOnlyList<(int Status, string Meaning)> exitStatuses) : Command(name, description)
{
    /// <summary>Extends the help of a root command.</summary>
    public static void ExtendHelp(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpWithExitStatuses((HelpAction)option.Action!);
        }
    }

    private void WriteExitStatuses(TextWriter output)
    {
        output.WriteLine("Exit status:");
        foreach (var (status, meaning) in exitStatuses)
        {
            output.WriteLine($"  {status,-3}  {meaning}");
        }

        output.WriteLine();
    }

    private sealed class HelpWithExitStatuses(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var status = help.Invoke(parseResult);
            (parseResult.CommandResult.Command as MonitorCommand)?.WriteExitStatuses(parseResult.InvocationConfiguration.Output);
            return status;
        }
    }
}
