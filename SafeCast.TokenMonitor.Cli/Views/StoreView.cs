using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Setup;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Views;

/// <summary>What comes of storing a token, for the person who does.</summary>
internal static class StoreView
{
    private static readonly Uri Revoking = new("https://developers.facebook.com/docs/business-management-apis/system-users/install-apps-and-generate-tokens");

    private static readonly Style Bold = new(decoration: Decoration.Bold);

    public static void WriteChecklist(IAnsiConsole console, NewToken newToken)
    {
        console.WriteLine();
        console.Write(new Text($"The new token (fingerprint {newToken.Token.Fingerprint})\n", Bold));
        var steps = newToken.Checkup.Steps;

        // What is no token by its looks is not sent to Meta: what waits for that says nothing, and hides the one step that does.
        IReadOnlyList<CheckedStep> telling = newToken.Checkup.Inspection.Token is null ? [.. steps.Where(step => step.Outcome is not StepOutcome.Unknown)] : steps;
        StepsView.Write(console, telling);
        if (telling.Count < steps.Count)
        {
            Line(console, $"The other {steps.Count - telling.Count} steps take a usable token.");
        }

        console.Write(new Text($"{StepsView.Count([.. steps])}.\n"));
        console.WriteLine();
    }

    public static void WriteInPlace(IAnsiConsole console, NewToken newToken) => Say(
        console, "In place already.", $"{Secret(newToken)} holds this very token. Nothing was written.");

    public static void WriteDryRun(IAnsiConsole console, NewToken newToken)
    {
        if (newToken.Blocking.Count == 0)
        {
            Say(console, "Not stored: --dry-run.", "Nothing stands in its way; without --dry-run it would be stored.");
        }
        else
        {
            Say(console, "Not stored: --dry-run.", $"It would not be stored either. {NotDone(newToken)}");
        }
    }

    public static void WriteRefused(IAnsiConsole console, NewToken newToken)
    {
        Say(console, "Not stored.", NotDone(newToken));
        Line(
            console,
            newToken.InPlace is SecretReading.Found
                ? "The new token is stored nowhere. The one in place was not touched, and is the one that \"tokenmonitor check\" looks at."
                : "The new token is stored nowhere, so \"tokenmonitor check\" does not look at it.");
        Line(
            console,
            "Mend what is open, then run this command again with this token, or with another one where a step says so. Until then leave Meta's page open: it shows the token only once.");
        Line(console, "To store this one all the same, knowing that: --force.");
    }

    public static void WriteObstacle(IAnsiConsole console, string obstacle) => Say(console, "The token was not asked for.", obstacle);

    public static void WriteNotCheckable(IAnsiConsole console, NewToken newToken) => Say(
        console, "Not stored yet.", NotDone(newToken));

    public static void WriteStopped(IAnsiConsole console, bool mayBeStored)
    {
        console.WriteLine();
        Say(console, "Stopped.", mayBeStored ? "Whether it was stored is not known: run \"tokenmonitor doctor\"." : "Nothing was stored.");
    }

    public static void WriteNotConfirmed(IAnsiConsole console, string tokenName) =>
        Say(console, "Not stored.", $"--force takes the token's name as confirmation: type it, or, where nobody can be asked, give --confirm {tokenName}.");

    public static void WriteNotStored(IAnsiConsole console, string reason) => Say(console, "Not stored.", reason);

    public static void WriteNotReadBack(IAnsiConsole console, StoreOutcome.NotReadBack outcome)
    {
        Say(console, "Stored, and not proven.", $"It was written as version {outcome.Version}. {outcome.Reason}");
        Line(console, "See which version is the right one in the vault, and run \"tokenmonitor doctor\".");
    }

    public static void WriteStored(IAnsiConsole console, NewToken newToken, StoreOutcome.Stored stored)
    {
        var open = stored.Checkup.Open;
        var above = newToken.Checkup.Open.Select(step => (step.Id, step.Outcome)).ToHashSet();
        var isNews = open.Any(step => !above.Contains((step.Id, step.Outcome)));
        Say(
            console,
            "Stored.",
            $"{Secret(newToken)} holds it as version {stored.Version}. It was read back and checked"
            + (open.Count == 0 ? ": everything is proven."
                : isNews ? "."
                : $": everything is proven but what is open above ({string.Join(", ", open.Select(step => step.Id))})."));
        if (newToken.AlsoFor.Count > 0)
        {
            Line(console, $"The secret is also that of {string.Join(", ", newToken.AlsoFor.Select(name => $"\"{name}\""))}, which now has this token too.");
        }

        console.WriteLine();
        if (isNews)
        {
            WriteNews(console, stored.Checkup);
        }

        WriteWhatIsLeft(console, newToken, stored.FingerprintBefore);
    }

    // What was right a moment ago, at the prompt, and is not in the vault.
    private static void WriteNews(IAnsiConsole console, TokenCheckup checkup)
    {
        var heading = checkup.Blocking switch
        {
            [] => "Stored and read back, and now open:",
            var steps when steps.Any(step => step.Outcome is StepOutcome.Failed) => "Stored and read back, and no longer right:",
            _ => "Stored and read back, and no longer proven:",
        };
        console.Write(new Text($"{heading}\n", Bold));
        StepsView.Write(console, checkup.Open);
        console.WriteLine();
    }

    private static void WriteWhatIsLeft(IAnsiConsole console, NewToken newToken, string? fingerprintBefore)
    {
        var user = newToken.Checkup.Inspection.Me?.Value?.Name is { } name ? $"\"{name}\"" : "your system user";
        console.Write(new Text(
            fingerprintBefore is { } old ? $"What is left to do, and what of the old token (fingerprint {old})\n" : "What is left to do\n", Bold));
        List<(string Text, Uri? Link)> steps =
        [
            ("Let your integration take up the new token: restart it, if it reads the secret only when it starts.", null),
            ("See a message go out. The next hourly check verifies the new token too, and says so once.", null),
        ];
        if (fingerprintBefore is not null)
        {
            steps.Add(("Only then think of the old token: it lives on until somebody revokes it. If it did not leak, leave it.", null));
            steps.Add((
                $"If it leaked, it must go. Mind that Business Settings > Users > System users > {user} > \"Revoke tokens\" does not ask which: take it that it ends the new one too.",
                Runbook.SectionOf("rotating-a-token-without-a-gap")));
            steps.Add(("Meta's API can revoke one token alone.", Revoking));
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

    // By the words that mark them in the list above. Behind a failure most of what is not known only follows from it; where none is in
    // the way, what else failed is often why nothing is known.
    private static string NotDone(NewToken newToken)
    {
        if (newToken.Blocking.Any(step => step.Outcome is StepOutcome.Failed))
        {
            return Titles("Failed", newToken.Blocking.Where(step => step.Outcome is StepOutcome.Failed));
        }

        var warnings = newToken.Checkup.Open.Where(step => step.Outcome is StepOutcome.Failed).ToList();
        return Titles("Not known", newToken.Blocking) + (warnings.Count == 0 ? "" : $" {Titles("A warning, and not in its way", warnings)}");
    }

    private static string Titles(string word, IEnumerable<CheckedStep> steps) => $"{word}: {string.Join("; ", steps.Select(step => step.Title))}.";

    private static void Say(IAnsiConsole console, string word, string sentence) =>
        console.Write(new Paragraph(word, Bold).Append($" {sentence}\n"));

    private static void Line(IAnsiConsole console, string text) => console.Write(new Text($"{text}\n"));
}
