using System.CommandLine;
using SafeCast.TokenMonitor.Cli.Commands;

namespace SafeCast.TokenMonitor.Tests.Cli;

public sealed class HelpTests
{
    [Fact]
    public void The_help_of_a_command_lists_its_exit_statuses_and_the_list_of_commands_does_not()
    {
        var root = new RootCommand { CheckCommand.Create(), StoreCommand.Create() };
        MonitorCommand.ExtendHelp(root);

        var ofCheck = Help(root, "check", "--help");
        var ofAll = Help(root, "--help");

        Assert.Contains($"Exit status:{Environment.NewLine}  0    every token is healthy{Environment.NewLine}  1    a token is broken or at risk", ofCheck, StringComparison.Ordinal);
        Assert.Contains("  130  cancelled", Help(root, "store", "--help"), StringComparison.Ordinal);
        Assert.DoesNotContain("Exit status", ofAll, StringComparison.Ordinal);
    }

    private static string Help(RootCommand root, params string[] arguments)
    {
        using var output = new StringWriter();
        Assert.Equal(0, root.Parse(arguments).Invoke(new InvocationConfiguration { Output = output }));
        return output.ToString();
    }
}
