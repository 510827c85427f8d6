using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>Whether the monitor sees: the app's credential, and the version of Graph that answers.</summary>
internal static class AppCredentialRules
{
    public static void Apply(AssessmentBuilder a)
    {
        if (a.Inspection.AppCredential is AppCredentialStanding.Accepted or AppCredentialStanding.NotConfigured)
        {
            a.LookFor(FindingKind.AppCredentialRejected);
        }

        switch (a.Inspection.AppCredential)
        {
            case AppCredentialStanding.NotConfigured:
                a.NotConfigured(
                    "all that only the token's app may ask",
                    "No AppId and AppSecretName are configured, so the token was asked about itself, which Graph often refuses.");
                break;

            case AppCredentialStanding.NotRead(var reading) when Fault(reading) is { } fault:
                a.Find(
                    FindingKind.AppCredentialRejected,
                    $"the app secret {a.Expectation.AppSecretName} in {a.Inspection.SecretStore} {fault}",
                    new Evidence("Secret", a.Expectation.AppSecretName ?? ""));
                break;

            case AppCredentialStanding.NotRead(SecretReading.Refused(var reason)):
                a.CouldNotFindOut("what the token's app would say", reason);
                break;

            case AppCredentialStanding.NotRead(SecretReading.Unreachable(var reason)):
                a.CouldNotFindOut("what the token's app would say", reason);
                break;

            case AppCredentialStanding.Rejected(var error):
                Reject(a, error);
                break;

            case AppCredentialStanding.NotAnswered(var error):
                a.CouldNotFindOut("what the token's app would say", error.ToString());
                break;
        }

        // A proof refused to an app whose credential was just accepted: the app's secret was reset within the check, or Graph contradicts itself.
        foreach (var error in ProofErrors(a.Inspection))
        {
            if (a.Inspection.AppCredential is AppCredentialStanding.Accepted)
            {
                Reject(a, error);
            }
        }

        if (a.Inspection is { RequestedVersion: { } asked, AnsweredVersion: { } answered } && IsVersion(answered))
        {
            a.LookFor(FindingKind.GraphVersionExpired);
            if (answered != asked)
            {
                a.Find(
                    FindingKind.GraphVersionExpired,
                    $"{answered} answered for {asked}",
                    new Evidence("Asked", asked), new Evidence("Answered", answered));
            }
        }
    }

    private static void Reject(AssessmentBuilder a, GraphError error) => a.Find(
        FindingKind.AppCredentialRejected,
        "Graph refuses the app's id and secret",
        [.. a.Expectation.AppId is { } app ? [new Evidence("App", app)] : Array.Empty<Evidence>(), .. AssessmentBuilder.EvidenceOf(error)]);

    private static string? Fault(SecretReading reading) => reading switch
    {
        SecretReading.Missing => "is missing",
        SecretReading.Disabled => "is disabled",
        SecretReading.Malformed malformed => $"is not usable: {malformed.Seen}",
        _ => null,
    };

    private static IEnumerable<GraphError> ProofErrors(TokenInspection i) =>
        new GraphAnswer?[] { i.Me, i.PhoneNumber, i.BusinessAccount, i.PhoneNumberIds, i.SubscribedAppIds, i.Owner, i.AssignedUsers }
            .Select(answer => answer?.Error)
            .OfType<GraphError>()
            .Where(error => error.Class is GraphErrorClass.AppSecretProof);

    private static bool IsVersion(string text) => text is ['v', _, ..] && text.Skip(1).All(c => char.IsAsciiDigit(c) || c is '.');
}
