using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>
/// Whether two configured tokens use the same account or number. Only what the token was seen to reach counts: the configuration
/// alone must not outweigh an outage. Names that share the token itself have that finding instead.
/// </summary>
internal static class EnvironmentRules
{
    public static void Apply(AssessmentBuilder a)
    {
        var (account, phone) = (a.Expectation.BusinessAccountId, a.Expectation.PhoneNumberId);
        if ((account is null || a.Inspection.BusinessAccount?.Value is not null) && (phone is null || a.Inspection.PhoneNumber?.Value is not null))
        {
            a.MarkEvaluated(FindingKind.EnvironmentShared);
        }

        var others = a.Settings.Others.Where(other => !a.Settings.SharedWith.Contains(other.Name)).ToList();
        var sameNumber = a.Inspection.PhoneNumber?.Value is null ? [] : Names(others.Where(other => other.PhoneNumberId == phone));
        var sameAccount = a.Inspection.BusinessAccount?.Value is null ? [] : Names(others.Where(other => other.BusinessAccountId == account)).Except(sameNumber).ToList();
        if (sameNumber.Count + sameAccount.Count > 0)
        {
            a.Add(AssessmentBuilder.New(FindingKind.EnvironmentShared) with { Details = new FindingDetails.SharedAssets(sameNumber, sameAccount) });
        }
    }

    private static List<string> Names(IEnumerable<TokenExpectation> expectations) => [.. expectations.Select(other => other.Name).Order(StringComparer.Ordinal)];
}
