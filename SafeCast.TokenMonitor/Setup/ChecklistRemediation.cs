using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>What a checklist is about, which decides how its findings are fixed.</summary>
public enum ChecklistSubject
{
    /// <summary>A stored token.</summary>
    StoredToken,

    /// <summary>No token is stored; only its app could be inspected.</summary>
    NoToken,

    /// <summary>A token that is to be stored.</summary>
    NewToken,
}

/// <summary>
/// The steps of a checklist's findings. Those of a finding assume a stored token: they look for the correct one in the vault, store it,
/// and end with a check. For a token that is not stored yet, a check would look at another token and call it healthy. Pure.
/// </summary>
internal static class ChecklistRemediation
{
    public static IReadOnlyList<RemediationStep> Of(Finding finding, bool isInVault, ChecklistSubject subject, TokenAssessment assessment)
    {
        var steps = Remediation.Of(finding, isInVault);
        return subject switch
        {
            ChecklistSubject.NewToken => OfNewToken(finding, steps, assessment),
            ChecklistSubject.NoToken when finding.Kind is FindingKind.AppCredentialRejected or FindingKind.GraphVersionExpired =>
                [.. steps.Select(step => step.Kind is StepKind.Verify ? new RemediationStep(StepKind.RunDoctorAgain) : step)],
            _ => steps,
        };
    }

    private static IReadOnlyList<RemediationStep> OfNewToken(Finding finding, IReadOnlyList<RemediationStep> steps, TokenAssessment assessment) => finding switch
    {
        // The value cannot be a token: what was pasted is wrong, not what was generated.
        { Kind: FindingKind.SecretMissing or FindingKind.SecretDisabled or FindingKind.SecretMalformed or FindingKind.SecretAmbiguous } =>
            [new(StepKind.CopyTokenAgain), new(StepKind.RepeatWithSameToken)],
        { Cause: FindingCause.AnotherAppsToken } => [new(StepKind.RepeatWithCorrectToken)],
        _ => [.. Replaced(finding, steps, assessment)],
    };

    private static IEnumerable<RemediationStep> Replaced(Finding finding, IReadOnlyList<RemediationStep> steps, TokenAssessment assessment)
    {
        // A token that was generated for something else must not be pasted again, whatever else is fixed.
        var isForSomethingElse = assessment.Open.Any(open => open.Kind is FindingKind.WrongApp or FindingKind.TokenShared);
        for (var at = 0; at < steps.Count; at++)
        {
            if (steps.Skip(at).Take(Remediation.StoreAndVerify.Length).SequenceEqual(Remediation.StoreAndVerify))
            {
                yield return new(StepKind.RepeatWithNewToken);
                at += Remediation.StoreAndVerify.Length - 1;
                continue;
            }

            yield return steps[at].Kind switch
            {
                StepKind.Verify => new(isForSomethingElse ? StepKind.RepeatWithCorrectToken : StepKind.RepeatWithSameToken),
                StepKind.FindCorrectToken => new(finding.Kind is FindingKind.WrongApp ? StepKind.UseTokenOfApp : StepKind.CopyTokenAgain),
                StepKind.CorrectAppIdAndStop => new(StepKind.CorrectAppIdAndRepeat),
                _ => steps[at],
            };
        }
    }
}
