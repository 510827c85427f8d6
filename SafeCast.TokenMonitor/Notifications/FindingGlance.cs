using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>
/// What a finding means, in seven words at most, to stand above the first step: what happened, behind
/// <c>WhatsApp token "production"</c>, and what that stops. The catalogue has the exact words.
/// </summary>
internal static class FindingGlance
{
    private const string NothingIsSent = "No message goes out.";

    public static (string What, string Effect) Of(Finding finding, DateTimeOffset now) => finding.Kind switch
    {
        FindingKind.ScopeMissing when finding.Impact.StartsWith("No WhatsApp message goes out", StringComparison.Ordinal) => (" lacks a scope", NothingIsSent),
        FindingKind.SecretMissing => (" is missing", "Whoever reads it gets nothing."),
        FindingKind.SecretDisabled => (" is disabled", "Whoever reads it is refused."),
        FindingKind.SecretMalformed => (" is not usable", NothingIsSent),
        FindingKind.TokenRevoked => (" was revoked", NothingIsSent),
        FindingKind.TokenExpired => (" has expired", NothingIsSent),
        FindingKind.TokenInvalidated => (" was invalidated", NothingIsSent),
        FindingKind.AppRemoved => (" lost its app", NothingIsSent),
        FindingKind.UserActionRequired => (" is suspended", NothingIsSent),
        FindingKind.TokenUnreadable => (" is unreadable", NothingIsSent),
        FindingKind.TokenInvalid => (" is invalid", NothingIsSent),
        FindingKind.WrongApp => (" is another app's", "Messages may fail."),
        FindingKind.ScopeMissing => (" lacks a scope", "Calls that need it fail."),
        FindingKind.ScopeNarrowed => (" covers other accounts only", "Your calls fail."),
        FindingKind.BusinessAccountUnreachable => (" cannot reach its account", "Its calls fail."),
        FindingKind.WrongPortfolio => (" uses another portfolio's account", "Its owner decides."),
        FindingKind.PhoneNumberUnreachable => (" cannot reach its number", "Nothing is sent."),
        FindingKind.PhoneNumberElsewhere => (" has another account's number", "Sending may fail."),
        FindingKind.SendingBlocked => (": Meta blocks sending", NothingIsSent),
        FindingKind.TokenExpires => ($" expires{Deadline(finding, now)}", "Then messages stop."),
        FindingKind.DataAccessExpires when finding.Deadline <= now => (" lost data access", "Reading data fails."),
        FindingKind.DataAccessExpires => (" loses data access", $"It ends{Deadline(finding, now)}."),
        FindingKind.AppCredentialRejected => (" cannot be inspected", "The monitor sees little."),
        FindingKind.NotSystemUser => (" is no system user's", "It may stop."),
        FindingKind.TokenShared => (" is shared", "Environments are not kept apart."),
        FindingKind.AccessReduced => (" lost full account control", "Management may fail."),
        FindingKind.AppNotSubscribed => (": app not subscribed", "Replies do not arrive."),
        FindingKind.SendingLimited => (": Meta limits sending", "Some messages fail."),
        FindingKind.SecretExpires => (": its secret runs out", "Programs may refuse it."),
        FindingKind.GraphVersionExpired => (": Graph version expired", "Nothing breaks yet."),
        _ => ($" {finding.Predicate}", finding.Impact),
    };

    private static string Deadline(Finding finding, DateTimeOffset now) => finding.Deadline is { } end ? $" {TimeText.Relative(end, now)}" : " soon";
}
