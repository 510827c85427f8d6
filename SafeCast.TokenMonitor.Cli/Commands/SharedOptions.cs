using System.CommandLine;

namespace SafeCast.TokenMonitor.Cli.Commands;

/// <summary>Options of several commands.</summary>
internal static class SharedOptions
{
    public static Option<string?> EnvFile { get; } = new("--env-file")
    {
        Description = "Read the token (WHATSAPP_SYSTEM_USER_TOKEN) and settings from this environment file, not from the vault. docs/command-line.md lists the variables.",
        HelpName = "FILE",
    };

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Log to standard error." };
}
