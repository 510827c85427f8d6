using System.Text.RegularExpressions;

namespace SafeCast.TokenMonitor.Cli;

/// <summary>Secrets on the command line, where the shell remembers them and other users of the machine can see them.</summary>
internal static partial class SecretArguments
{
    public const string Refusal =
        "One of the arguments looks like a secret. It now stands in your shell's history, and others on this machine could see it: revoke it and make a new one. "
        + "No command takes a token as an argument; \"tokenmonitor store\" asks for it without showing it, or reads it from standard input.";

    public static bool Contain(IEnumerable<string> arguments) => arguments.Any(argument => SecretLike().IsMatch(argument));

    // Access tokens, app tokens, SendGrid keys, app secrets; also behind "--token=".
    [GeneratedRegex(@"EAA[A-Za-z0-9]{16,}|\d{5,25}\|[A-Za-z0-9_\-]{8,}|\bSG\.[A-Za-z0-9_\-.]{16,}|\b[0-9a-f]{32}\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SecretLike();
}
