using System.CommandLine;
using System.CommandLine.Invocation;
using SafeCast.TokenMonitor.Cli;
using SafeCast.TokenMonitor.Cli.Commands;
using SafeCast.TokenMonitor.Configuration;

var root = new RootCommand("Watches WhatsApp system-user tokens, and tells people when one is revoked, loses a scope, or comes undone in any other way.")
{
    DemoCommand.Create(),
    CheckCommand.Create(),
    StoreCommand.Create(),
    DoctorCommand.Create(),
    StatusCommand.Create(),
    TestAlertCommand.Create(),
    PreviewCommand.Create(),
    SimulatorCommand.Create(),
};

// Before anything is parsed: an error of the parser's would repeat it.
if (SecretArguments.Contain(args))
{
    Console.Error.WriteLine(SecretArguments.Refusal);
    return ExitStatus.WrongConfiguration;
}

try
{
    // "@file" is no response file: an error of the parser's would repeat what stands in it, and that may be a token.
    var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    // Exceptions come here instead of a stack trace on the terminal.
    var status = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Action is ParseErrorAction ? ExitStatus.WrongConfiguration : status;
}
catch (ConfigurationException e)
{
    Console.Error.WriteLine(e.Message);
    return ExitStatus.WrongConfiguration;
}
catch (UnusableFileException e)
{
    Console.Error.WriteLine(e.Message);
    return ExitStatus.WrongConfiguration;
}
catch (UnusableArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return ExitStatus.WrongConfiguration;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped before the end.");
    return ExitStatus.Unknown;
}
