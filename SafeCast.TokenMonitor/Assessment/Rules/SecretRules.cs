using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>What the vault says about the token.</summary>
internal static class SecretRules
{
    private static readonly TimeSpan Near = TimeSpan.FromDays(30);

    public static void Apply(AssessmentBuilder a)
    {
        if (a.Inspection.Secret is not (SecretReading.Refused or SecretReading.Unreachable))
        {
            a.LookFor(FindingKind.SecretMissing, FindingKind.SecretDisabled, FindingKind.SecretMalformed, FindingKind.SecretAmbiguous);
        }

        var (secret, store) = (a.Expectation.SecretName, a.Inspection.SecretStore);
        switch (a.Inspection.Secret)
        {
            case SecretReading.Missing:
                a.Find(FindingKind.SecretMissing, [secret, store], null, new Evidence("Secret", secret));
                break;
            case SecretReading.Disabled:
                a.Find(FindingKind.SecretDisabled, [secret, store], null, new Evidence("Secret", secret));
                break;
            case SecretReading.Malformed malformed:
                a.Find(FindingKind.SecretMalformed, malformed.Seen, [new Evidence("Secret", secret), .. VersionOf(malformed.Attributes)]);
                CheckExpiry(a, malformed.Attributes);
                CheckOtherName(a, malformed.Attributes);
                break;
            case SecretReading.Refused(var reason):
                a.CouldNotFindOut("anything about the token", reason);
                break;
            case SecretReading.Unreachable(var reason):
                a.CouldNotFindOut("anything about the token", reason);
                break;
            case SecretReading.Found found:
                CheckExpiry(a, found.Attributes);
                CheckOtherName(a, found.Attributes);
                a.LookFor(FindingKind.TokenShared);
                if (a.Settings.SharedWith is { Count: > 0 } others)
                {
                    a.Find(
                        FindingKind.TokenShared,
                        string.Join(", ", others.Order(StringComparer.Ordinal).Select(name => $"\"{name}\"")),
                        new Evidence("Fingerprint", found.Value.Fingerprint));
                }

                break;
        }
    }

    private static void CheckOtherName(AssessmentBuilder a, SecretAttributes attributes)
    {
        if (attributes.ContradictedBy is { } other)
        {
            a.Find(FindingKind.SecretAmbiguous, [a.Inspection.SecretStore, $"{other} {attributes.Contradiction}"], severity: null, new Evidence("Differs", other));
        }
    }

    private static void CheckExpiry(AssessmentBuilder a, SecretAttributes attributes)
    {
        a.LookFor(FindingKind.SecretExpires);
        if (attributes.ExpiresOn is not { } end || end > a.Now + Near)
        {
            return;
        }

        a.Find(
            FindingKind.SecretExpires,
            [(end > a.Now ? "expires " : "expired ") + TimeText.Relative(end, a.Now)],
            severity: null,
            impact: null,
            deadline: end,
            [new Evidence("Secret", a.Expectation.SecretName), new Evidence("Secret expires", TimeText.Moment(end)), .. VersionOf(attributes)]);
    }

    private static Evidence[] VersionOf(SecretAttributes attributes) =>
        attributes.Version is { } version ? [new Evidence("Secret version", version)] : [];
}
