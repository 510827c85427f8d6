using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Cli;

/// <summary>Detects secrets on the command line, where the shell history keeps them and other users of the machine can see them.</summary>
internal static partial class SecretArguments
{
    // The argument only looks like a secret, so the message must also be correct if it is none.
    public static string Refusal { get; } =
        "One of the arguments looks like a secret, so nothing was done. It is now in the history of your shell, and other users of this machine could see it. "
        + "No command takes a secret as an argument. \"tokenmonitor store\" reads a token from a hidden prompt or from standard input.\n"
        + "If it is a secret, treat it as leaked. A token must stay until a new one is in its place. Replace any other secret at its service.\n"
        + $"How to replace a leaked token: {Runbook.SectionOf("rotating-a-token-without-a-gap")}";

    public static bool Contain(IEnumerable<string> arguments) => arguments.Any(argument => SecretLike().IsMatch(argument));

    // Access tokens, app access tokens, SendGrid keys and app secrets, also after "--token=".
    [GeneratedRegex(@"EAA[A-Za-z0-9]{16,}|\d{5,25}\|[A-Za-z0-9_\-]{8,}|\bSG\.[A-Za-z0-9_\-.]{16,}|\b[0-9a-f]{32}\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SecretLike();
}
