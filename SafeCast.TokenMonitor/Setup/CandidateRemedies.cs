using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>
/// How to mend a token that is stored nowhere yet. The catalogue's remedies are for one in place: they look for the right one in the
/// vault, store it, and end in a check of what is there, which would look at another token and call it healthy. A pure function.
/// </summary>
internal static class CandidateRemedies
{
    private static readonly RemedyStep CopyAgain = new("Copy the token again from where it was made, whole and with nothing around it.");

    private static readonly RemedyStep WithSame = new("Run this command again with the same token.");

    private static readonly RemedyStep WithNew = new("Run this command again with the new token.");

    private static readonly RemedyStep WithRight = new("Run this command again with the right token.");

    /// <summary>The steps of a checklist, with remedies for whoever has the token in hand.</summary>
    public static IReadOnlyList<CheckedStep> In(TokenCheckup checkup)
    {
        var names = TokenNames.From(checkup.Inspection, checkup.Expectation);

        // A token that was made for something else is not to be pasted again, whatever else is mended.
        var isAnother = checkup.Steps.Any(step => step is { Id: Checklist.AppStep or Checklist.OwnTokenStep, Outcome: StepOutcome.Failed, IsExcused: false });
        var again = isAnother ? WithRight : WithSame;
        return [.. checkup.Steps.Select(step => step switch
        {
            { Remedy.Count: 0 } => step,

            // By its looks alone it is no token: what was pasted is wrong, not what was made. It comes from no secret.
            { Id: Checklist.SecretStep } => step with { Evidence = [], Remedy = [CopyAgain, WithSame] },
            _ when RemedySteps.PutsRightToken(step.Remedy[0]) => step with { Remedy = [WithRight] },
            _ => step with { Remedy = [.. Of(step, names, again)] },
        })];
    }

    private static IEnumerable<RemedyStep> Of(CheckedStep step, TokenNames names, RemedyStep again)
    {
        var remedy = step.Remedy;
        var storing = RemedySteps.StoreAndVerify(names);
        for (var at = 0; at < remedy.Count; at++)
        {
            if (remedy.Skip(at).Take(storing.Length).SequenceEqual(storing))
            {
                yield return WithNew;
                at += storing.Length - 1;
            }
            else
            {
                yield return remedy[at] == RemedySteps.Verify(names) ? again
                    : remedy[at] == RemedySteps.FindRightToken(names) ? (step.Id is Checklist.ValidStep ? CopyAgain : TakeRight(names))

                    // In place it would be all; one that is stored nowhere yet is still to be stored.
                    : remedy[at] == RemedySteps.MendAppId(names, "stop here") ? RemedySteps.MendAppId(names, "run this command again")
                    : remedy[at];
            }
        }
    }

    // Meta reads what was pasted: nothing was lost on its way, it is another one.
    private static RemedyStep TakeRight(TokenNames names) =>
        new($"Take the token that was made for {names.App} instead, then run this command again with it.");
}
