using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>Whether the monitor can check everything: the app credential, and the Graph version that answers.</summary>
internal static class AppCredentialRules
{
    public static void Apply(AssessmentBuilder a)
    {
        if (a.Inspection.AppCredential is AppCredentialStatus.Accepted or AppCredentialStatus.NotConfigured)
        {
            a.MarkEvaluated(FindingKind.AppCredentialRejected);
        }

        switch (a.Inspection.AppCredential)
        {
            case AppCredentialStatus.NotConfigured:
                a.NotConfigured(FactTopic.AppOnlyFacts);
                break;

            case AppCredentialStatus.NotRead(SecretReading.Missing):
                AddUnusableSecret(a, FindingCause.SecretMissing);
                break;

            case AppCredentialStatus.NotRead(SecretReading.Disabled):
                AddUnusableSecret(a, FindingCause.SecretDisabled);
                break;

            case AppCredentialStatus.NotRead(SecretReading.Malformed malformed):
                AddUnusableSecret(a, FindingCause.SecretMalformed, malformed.Fault);
                break;

            case AppCredentialStatus.NotRead(SecretReading.Refused(var reason)):
                a.QueryFailed(FactTopic.AppAnswer, reason);
                break;

            case AppCredentialStatus.NotRead(SecretReading.Unreachable(var reason)):
                a.QueryFailed(FactTopic.AppAnswer, reason);
                break;

            case AppCredentialStatus.Rejected(var error):
                Reject(a, error);
                break;

            case AppCredentialStatus.NotAnswered(var error):
                a.QueryFailed(FactTopic.AppAnswer, error);
                break;
        }

        // A rejected proof of an app whose credential was accepted before: the app secret was reset during the check, or Graph contradicts itself.
        foreach (var error in ProofErrors(a.Inspection))
        {
            if (a.Inspection.AppCredential is AppCredentialStatus.Accepted)
            {
                Reject(a, error);
            }
        }

        if (a.Inspection is { RequestedVersion: { } asked, AnsweredVersion: { } answered } && IsVersion(answered))
        {
            a.MarkEvaluated(FindingKind.GraphVersionExpired);
            if (answered != asked)
            {
                a.Add(AssessmentBuilder.New(FindingKind.GraphVersionExpired) with { Details = new FindingDetails.GraphVersion(asked, answered) });
            }
        }
    }

    // Where the token's own calls get the same error, its app is unavailable: the rejected credential follows from that.
    private static void Reject(AssessmentBuilder a, GraphError error)
    {
        if (error.Class is not GraphErrorClass.App || TokenRules.ErrorInUse(a.Inspection)?.Class is not GraphErrorClass.App)
        {
            a.Add(AssessmentBuilder.New(FindingKind.AppCredentialRejected) with { Cause = FindingCause.RejectedByMeta, GraphError = error });
        }
    }

    private static void AddUnusableSecret(AssessmentBuilder a, FindingCause cause, SecretFault? fault = null) =>
        a.Add(AssessmentBuilder.New(FindingKind.AppCredentialRejected) with { Cause = cause, Details = new FindingDetails.AppCredential(fault) });

    private static IEnumerable<GraphError> ProofErrors(TokenInspection i) =>
        new GraphAnswer?[] { i.Me, i.PhoneNumber, i.BusinessAccount, i.PhoneNumberIds, i.SubscribedAppIds, i.Owner, i.AssignedUsers }
            .Select(answer => answer?.Error)
            .OfType<GraphError>()
            .Where(error => error.Class is GraphErrorClass.AppSecretProof);

    private static bool IsVersion(string text) => text is ['v', _, ..] && text.Skip(1).All(c => char.IsAsciiDigit(c) || c is '.');
}
