using System.CommandLine;
using System.CommandLine.Invocation;
using Microsoft.Extensions.Options;
using SafeCast.TokenMonitor.Cli;
using SafeCast.TokenMonitor.Cli.Commands;
using SafeCast.TokenMonitor.Configuration;

var root = new RootCommand("Monitors WhatsApp system-user tokens, and sends alerts when a token is revoked, loses a scope or stops working in another way.")
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
MonitorCommand.ExtendHelp(root);

// Before parsing, because an error message of the parser would repeat the argument.
if (SecretArguments.Contain(args))
{
    Console.Error.WriteLine(SecretArguments.Refusal);
    return ExitStatus.WrongConfiguration;
}

try
{
    // Response files ("@file") are off, because an error message of the parser would repeat their content, which may be a token.
    var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    // Exceptions are handled below. The default handler would print a stack trace.
    var status = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Action is ParseErrorAction ? ExitStatus.WrongConfiguration : status;
}
catch (OptionsValidationException e)
{
    Console.Error.WriteLine(e.Describe());
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
    Console.Error.WriteLine("Cancelled before completion.");
    return ExitStatus.Unknown;
}
