using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Setup;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Views;

/// <summary>Writes the results of the store command to the terminal.</summary>
internal static class StoreView
{
    private static readonly Uri Revoking = new("https://developers.facebook.com/docs/business-management-apis/system-users/install-apps-and-generate-tokens");

    private static readonly Style Bold = new(decoration: Decoration.Bold);

    public static void WriteChecklist(IAnsiConsole console, NewToken newToken)
    {
        console.WriteLine();
        console.Write(new Text($"The new token (fingerprint {newToken.Token.Fingerprint})\n", Bold));
        var steps = newToken.Checkup.Steps;

        // A malformed token is not sent to Meta. The steps that depend on it are unknown and would hide the failed one.
        IReadOnlyList<CheckedStep> relevant = newToken.Checkup.Inspection.Token is null ? [.. steps.Where(step => step.Outcome is not StepOutcome.Unknown)] : steps;
        StepsView.Write(console, relevant);
        if (relevant.Count < steps.Count)
        {
            Line(console, $"The other {steps.Count - relevant.Count} steps need a usable token.");
        }

        console.Write(new Text($"{StepsView.Count([.. steps])}.\n"));
        console.WriteLine();
    }

    public static void WriteInPlace(IAnsiConsole console, NewToken newToken) => Say(
        console, "Already stored.", $"{Secret(newToken)} already contains this token. Nothing was written.");

    public static void WriteDryRun(IAnsiConsole console, NewToken newToken)
    {
        if (newToken.Blocking.Count == 0)
        {
            Say(console, "Not stored: --dry-run.", "All required steps pass. Without --dry-run, the token would be stored.");
        }
        else
        {
            Say(console, "Not stored: --dry-run.", $"Without --dry-run, it would not be stored either. {NotDone(newToken)}");
        }
    }

    public static void WriteRefused(IAnsiConsole console, NewToken newToken)
    {
        Say(console, "Not stored.", NotDone(newToken));
        Line(
            console,
            newToken.InPlace is SecretReading.Found
                ? "The new token was not stored. The token in the vault is unchanged, and \"tokenmonitor check\" checks that one."
                : "The new token was not stored, so \"tokenmonitor check\" does not check it.");
        Line(
            console,
            "Fix the open steps, then run this command again with this token, or with a new one where a step says so. Keep the page at Meta open until then: it shows the token only once.");
        Line(console, "To store this token anyway, add --force.");
    }

    public static void WriteObstacle(IAnsiConsole console, string obstacle) => Say(console, "Not started.", obstacle);

    public static void WriteNotCheckable(IAnsiConsole console, NewToken newToken) => Say(
        console, "Not stored yet.", NotDone(newToken));

    public static void WriteStopped(IAnsiConsole console, bool mayBeStored)
    {
        console.WriteLine();
        Say(console, "Cancelled.", mayBeStored ? "It is unknown whether the token was stored: run \"tokenmonitor doctor\"." : "Nothing was stored.");
    }

    public static void WriteNotConfirmed(IAnsiConsole console, string tokenName) =>
        Say(console, "Not stored.", $"--force needs the name of the token as confirmation: type it at the prompt, or add --confirm {tokenName}.");

    public static void WriteNotStored(IAnsiConsole console, string reason) => Say(console, "Not stored.", reason);

    public static void WriteNotReadBack(IAnsiConsole console, StoreOutcome.NotReadBack outcome)
    {
        Say(console, "Stored, but not verified.", $"It was written as version {outcome.Version}. {outcome.Reason}");
        Line(console, "Check in the vault which version is the current one, and run \"tokenmonitor doctor\".");
    }

    public static void WriteStored(IAnsiConsole console, NewToken newToken, StoreOutcome.Stored stored)
    {
        var open = stored.Checkup.Open;
        var above = newToken.Checkup.Open.Select(step => (step.Id, step.Outcome)).ToHashSet();
        var isNew = open.Any(step => !above.Contains((step.Id, step.Outcome)));
        Say(
            console,
            "Stored.",
            $"{Secret(newToken)} contains it as version {stored.Version}. It was read back and checked"
            + (open.Count == 0 ? ": all steps pass."
                : isNew ? "."
                : $": all steps pass except the open ones above ({string.Join(", ", open.Select(step => step.Id))})."));
        if (newToken.AlsoFor.Count > 0)
        {
            Line(console, $"The same secret is used for {string.Join(", ", newToken.AlsoFor.Select(name => $"\"{name}\""))}. These now have this token too.");
        }

        console.WriteLine();
        if (isNew)
        {
            WriteNewlyOpen(console, stored.Checkup);
        }

        WriteNextSteps(console, newToken, stored.FingerprintBefore);
    }

    // Steps that passed before the token was stored and no longer do.
    private static void WriteNewlyOpen(IAnsiConsole console, TokenCheckup checkup)
    {
        var heading = checkup.Blocking switch
        {
            [] => "Open after storing:",
            var steps when steps.Any(step => step.Outcome is StepOutcome.Failed) => "Failed after storing:",
            _ => "Unknown after storing:",
        };
        console.Write(new Text($"{heading}\n", Bold));
        StepsView.Write(console, checkup.Open);
        console.WriteLine();
    }

    private static void WriteNextSteps(IAnsiConsole console, NewToken newToken, string? fingerprintBefore)
    {
        var user = newToken.Checkup.Inspection.Me?.Value?.Name is { } name ? $"\"{name}\"" : "your system user";
        console.Write(new Text(
            fingerprintBefore is { } old ? $"Next steps (fingerprint of the old token: {old})\n" : "Next steps\n", Bold));
        List<(string Text, Uri? Link)> steps =
        [
            ("If your integration reads the token only at startup, restart it.", null),
            ("Verify that a message is sent. The next hourly check verifies the new token and sends one confirmation.", null),
        ];
        if (fingerprintBefore is not null)
        {
            steps.Add(("Only then deal with the old token. It stays valid until it is revoked. If it did not leak, leave it.", null));
            steps.Add((
                $"If it leaked, revoke it. Caution: Business Settings > Users > System users > {user} > \"Revoke tokens\" does not ask which token. Assume that it also revokes the new one.",
                Runbook.SectionOf("rotating-a-token-without-a-gap")));
            steps.Add(("The API of Meta can revoke a single token.", Revoking));
        }

        foreach (var (number, step) in steps.Index())
        {
            console.Write(new Grid()
                .AddColumn(new GridColumn().NoWrap().Padding(1, 0, 1, 0))
                .AddColumn(new GridColumn().Padding(0, 0, 0, 0))
                .AddRow(new Text($"{number + 1}."), new Text(step.Link is { } link ? $"{step.Text}\n{link}" : step.Text)));
        }
    }

    private static string Secret(NewToken newToken) => $"The secret {newToken.Checkup.Expectation.SecretName} in {newToken.Checkup.Inspection.SecretStore}";

    // Uses the words of the checklist. If a step failed, unknown steps mostly follow from it, so only the failed ones are named. If none of
    // the required steps failed, a failed optional one often explains why others are unknown.
    private static string NotDone(NewToken newToken)
    {
        if (newToken.Blocking.Any(step => step.Outcome is StepOutcome.Failed))
        {
            return Titles("Failed", newToken.Blocking.Where(step => step.Outcome is StepOutcome.Failed));
        }

        var warnings = newToken.Checkup.Open.Where(step => step.Outcome is StepOutcome.Failed).ToList();
        return Titles("Unknown", newToken.Blocking) + (warnings.Count == 0 ? "" : $" {Titles("Warning, does not prevent storing", warnings)}");
    }

    private static string Titles(string word, IEnumerable<CheckedStep> steps) => $"{word}: {string.Join("; ", steps.Select(step => step.Title))}.";

    private static void Say(IAnsiConsole console, string word, string sentence) =>
        console.Write(new Paragraph(word, Bold).Append($" {sentence}\n"));

    private static void Line(IAnsiConsole console, string text) => console.Write(new Text($"{text}\n"));
}
