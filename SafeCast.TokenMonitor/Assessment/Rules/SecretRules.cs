using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>What the store says about the token.</summary>
internal static class SecretRules
{
    private static readonly TimeSpan Near = TimeSpan.FromDays(30);

    public static void Apply(AssessmentBuilder a)
    {
        if (a.Inspection.Secret is not (SecretReading.Refused or SecretReading.Unreachable))
        {
            a.MarkEvaluated(FindingKind.SecretMissing, FindingKind.SecretDisabled, FindingKind.SecretMalformed, FindingKind.SecretAmbiguous);
        }

        switch (a.Inspection.Secret)
        {
            case SecretReading.Missing:
                a.Add(AssessmentBuilder.New(FindingKind.SecretMissing));
                break;
            case SecretReading.Disabled:
                a.Add(AssessmentBuilder.New(FindingKind.SecretDisabled));
                break;
            case SecretReading.Malformed malformed:
                a.Add(AssessmentBuilder.New(FindingKind.SecretMalformed) with
                {
                    Details = new FindingDetails.MalformedSecret(malformed.Fault, malformed.Attributes.Version),
                });
                CheckExpiry(a, malformed.Attributes);
                CheckOtherName(a, malformed.Attributes);
                break;
            case SecretReading.Refused(var reason):
                a.QueryFailed(FactTopic.Everything, reason);
                break;
            case SecretReading.Unreachable(var reason):
                a.QueryFailed(FactTopic.Everything, reason);
                break;
            case SecretReading.Found found:
                CheckExpiry(a, found.Attributes);
                CheckOtherName(a, found.Attributes);
                CheckOtherTokens(a, found.Value);
                break;
        }
    }

    private static void CheckOtherTokens(AssessmentBuilder a, Secret token)
    {
        a.MarkEvaluated(FindingKind.TokenShared);
        if (a.Settings.SharedWith is { Count: > 0 } others)
        {
            a.Add(AssessmentBuilder.New(FindingKind.TokenShared) with
            {
                Details = new FindingDetails.SharedToken([.. others.Order(StringComparer.Ordinal)], token.Fingerprint),
            });
        }
    }

    private static void CheckOtherName(AssessmentBuilder a, SecretAttributes attributes)
    {
        if (attributes.ContradictedBy is { } other)
        {
            a.Add(AssessmentBuilder.New(FindingKind.SecretAmbiguous) with
            {
                Details = new FindingDetails.AmbiguousSecret(other, attributes.Contradiction),
            });
        }
    }

    private static void CheckExpiry(AssessmentBuilder a, SecretAttributes attributes)
    {
        a.MarkEvaluated(FindingKind.SecretExpires);
        if (attributes.ExpiresOn is { } end && end <= a.Now + Near)
        {
            a.Add(AssessmentBuilder.New(FindingKind.SecretExpires) with
            {
                Deadline = end,
                Details = new FindingDetails.SecretVersion(attributes.Version),
            });
        }
        else if (attributes.NotBefore is { } begin && begin > a.Now)
        {
            a.Add(AssessmentBuilder.New(FindingKind.SecretExpires) with
            {
                Cause = FindingCause.NotYetActive,
                Details = new FindingDetails.SecretVersion(attributes.Version, begin),
            });
        }
    }
}
