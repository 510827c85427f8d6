using System.CommandLine;

namespace SafeCast.TokenMonitor.Cli.Commands;

/// <summary>Options of several commands.</summary>
internal static class SharedOptions
{
    public static Option<string?> EnvFile { get; } = new("--env-file")
    {
        Description = "Read settings and secrets from this environment file (WHATSAPP_SYSTEM_USER_TOKEN or WHATSAPP_API_TOKEN, WHATSAPP_PHONE_ID, "
            + "WHATSAPP_BUSINESS_ACCOUNT_ID, WHATSAPP_APP_ID, WHATSAPP_APP_SECRET, TokenMonitor__...) instead of the vault.",
        HelpName = "FILE",
    };

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Log to standard error." };
}
