using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>
/// A finding at a glance: what happened, behind <c>WhatsApp token "production"</c>; what that stops; and what to do. The first two in
/// nine words at most, the third beginning with its verb. The catalogue has the exact words, and the steps.
/// </summary>
internal sealed record FindingGlance(string What, string Effect, string Action)
{
    private const string NothingIsSent = "No message goes out.";
    private const string NewToken = "Generate and store a new token";
    private const string RightToken = "Find and store the right token";

    /// <summary>The words for a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="now">When it was seen.</param>
    public static FindingGlance Of(Finding finding, DateTimeOffset now) => finding.Kind switch
    {
        FindingKind.SecretMissing => new(" is missing", "Whoever reads it gets nothing.", "Recover the secret, or store a token"),
        FindingKind.SecretDisabled => new(" is disabled", "Whoever reads it is refused.", "Enable the secret, unless it leaked"),
        FindingKind.SecretMalformed => new(" is not usable", NothingIsSent, RightToken),
        FindingKind.TokenRevoked => new(" was revoked", NothingIsSent, NewToken),
        FindingKind.TokenExpired => new(" has expired", NothingIsSent, NewToken),
        FindingKind.TokenInvalidated => new(" was invalidated by Meta", NothingIsSent, NewToken),
        FindingKind.AppRemoved => new(" lost its app", NothingIsSent, "Assign the app, and generate a new token"),
        FindingKind.UserActionRequired => new(" is suspended by Meta", NothingIsSent, "Do what Meta asks for"),
        FindingKind.TokenUnreadable => new(" is unreadable", NothingIsSent, RightToken),
        FindingKind.TokenInvalid => new(" is no longer valid", NothingIsSent, NewToken),
        FindingKind.WrongApp => new(" is another app's", "Messages may fail.", RightToken),
        FindingKind.ScopeMissing => new(" lacks a scope", IsNothingSent(finding) ? NothingIsSent : "Calls that need it fail.", "Generate a new token with that scope"),
        FindingKind.ScopeNarrowed => new(" covers other accounts only", "Calls for yours fail.", "Assign your account, then generate a new token"),
        FindingKind.BusinessAccountUnreachable => new(" cannot reach its account", "Calls for that account fail.", "Assign the account to the system user"),
        FindingKind.WrongPortfolio => new(" uses another portfolio's account", "Its owner can end it.", "Find out whose account it is"),
        FindingKind.PhoneNumberUnreachable => new(" cannot reach its number", NothingIsSent, "Assign the account that holds the number"),
        FindingKind.PhoneNumberElsewhere => new(" has another account's number", "Sending from it may fail.", "Find the account that holds the number"),
        FindingKind.SendingBlocked => new(": Meta blocks sending", NothingIsSent, "Do what Meta asks for"),
        FindingKind.TokenExpires => new($" expires{Deadline(finding, now)}", "Then messages stop.", "Replace it with a new token"),
        FindingKind.DataAccessExpires when finding.Deadline <= now => new(" lost data access", "Reading data fails.", "Replace it with a new token"),
        FindingKind.DataAccessExpires => new($" loses data access{Deadline(finding, now)}", "Then reading fails.", "Replace it with a new token"),
        FindingKind.AppCredentialRejected => new(" cannot be inspected", "The monitor is half blind.", "Store the app's current secret"),
        FindingKind.NotSystemUser => new(" is no system user's", "It may suddenly end.", "Replace it with a system user's token"),
        FindingKind.TokenShared => new(" is shared", "Environments are not kept apart.", "Give one environment a token of its own"),
        FindingKind.AccessReduced => new(" lost full account control", "Managing the account may fail.", "Give the system user full control again"),
        FindingKind.AppNotSubscribed => new(": app is not subscribed", "Replies do not reach you.", "Subscribe the app to the account"),
        FindingKind.SendingLimited => new(": Meta limits sending", "Some messages are held back.", "Do what Meta asks for"),
        FindingKind.SecretExpires => new(": its secret runs out", "Programs may stop reading it.", "Move the date, or replace the token"),
        FindingKind.GraphVersionExpired => new(": Graph version has expired", "Nothing breaks yet.", "Choose a current Graph version"),

        // Of a state that a later version wrote: rather long than lost.
        _ => new($" {finding.Predicate}", finding.Impact, "Do this"),
    };

    // A rule knows which of the scopes are missing, and says so in the impact.
    private static bool IsNothingSent(Finding finding) => finding.Impact.StartsWith("No WhatsApp message goes out", StringComparison.Ordinal);

    private static string Deadline(Finding finding, DateTimeOffset now) => finding.Deadline is { } end ? $" {TimeText.Relative(end, now)}" : " soon";
}
