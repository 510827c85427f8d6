using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Cli;

/// <summary>Secrets on the command line, where the shell remembers them and other users of the machine can see them.</summary>
internal static partial class SecretArguments
{
    // It is told apart by its looks alone, so what is said has to be true of whatever it is, also of what is no secret.
    public static string Refusal { get; } =
        "One of the arguments looks like a secret, so nothing was done. It now stands in your shell's history, and others on this machine could see it. "
        + "No command takes a secret as an argument; \"tokenmonitor store\" asks for a token without showing it, or reads it from standard input.\n"
        + "If it is a secret, treat it as leaked. Of a token, end nothing yet: first another takes its place, then the old one goes. Any other secret is replaced where it was made.\n"
        + $"How a leaked token is replaced: {Runbook.SectionOf("rotating-a-token-without-a-gap")}";

    public static bool Contain(IEnumerable<string> arguments) => arguments.Any(argument => SecretLike().IsMatch(argument));

    // Access tokens, app tokens, SendGrid keys, app secrets; also behind "--token=".
    [GeneratedRegex(@"EAA[A-Za-z0-9]{16,}|\d{5,25}\|[A-Za-z0-9_\-]{8,}|\bSG\.[A-Za-z0-9_\-.]{16,}|\b[0-9a-f]{32}\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SecretLike();
}
