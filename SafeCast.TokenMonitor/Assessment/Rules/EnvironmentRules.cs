using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>
/// Whether two names stand for environments that are kept apart. Only what the token has been seen to reach counts: the configuration
/// alone must not outweigh an outage. Names that share the token itself are told by that finding, and not again by this one.
/// </summary>
internal static class EnvironmentRules
{
    public static void Apply(AssessmentBuilder a)
    {
        var (account, phone) = (a.Expectation.BusinessAccountId, a.Expectation.PhoneNumberId);
        if ((account is null || a.Inspection.BusinessAccount?.Value is not null) && (phone is null || a.Inspection.PhoneNumber?.Value is not null))
        {
            a.LookFor(FindingKind.EnvironmentShared);
        }

        var apart = a.Settings.Others.Where(other => !a.Settings.SharedWith.Contains(other.Name)).ToList();
        var sameNumber = a.Inspection.PhoneNumber?.Value is null ? [] : Names(apart.Where(other => other.PhoneNumberId == phone));
        var sameAccount = a.Inspection.BusinessAccount?.Value is null ? [] : Names(apart.Where(other => other.BusinessAccountId == account)).Except(sameNumber).ToList();
        string[] shared =
        [
            .. sameNumber.Count > 0 ? [$"the phone number of {Listed(sameNumber)} too"] : Array.Empty<string>(),
            .. sameAccount.Count > 0 ? [$"the WhatsApp account of {Listed(sameAccount)} too"] : Array.Empty<string>(),
        ];
        if (shared.Length > 0)
        {
            a.Find(
                FindingKind.EnvironmentShared,
                [string.Join(" and ", shared)],
                severity: null,
                [
                    .. sameNumber.Count > 0 ? [new Evidence("Phone number", $"{phone}, of {Listed(sameNumber)} too")] : Array.Empty<Evidence>(),
                    .. sameAccount.Count > 0 ? [new Evidence("Business account", $"{account}, of {Listed(sameAccount)} too")] : Array.Empty<Evidence>(),
                ]);
        }
    }

    private static List<string> Names(IEnumerable<TokenExpectation> expectations) => [.. expectations.Select(other => other.Name).Order(StringComparer.Ordinal)];

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
