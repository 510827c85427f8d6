using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Assessment.Rules;

namespace SafeCast.TokenMonitor.Notifications.Wording;

/// <summary>The words for findings: headline, effect, action, title, noun and impact of each kind.</summary>
public sealed partial class EnglishWording
{
    // The first step must begin within the first fifteen words of a message, and an impact has fifteen at most.
    private const string NotSent = "Messages are not being sent.";
    private const string NewToken = "Generate and store a new token";
    private const string CorrectToken = "Store the correct token";
    private const string FollowMeta = "Follow Meta's instructions";
    private const string EveryCallFails = "Messages are not being sent: every call with this token fails.";
    private const string StopsAtRestart = "Sending stops as soon as your integration reads the token again.";

    /// <inheritdoc/>
    public FindingText Describe(Finding finding, TokenContext token, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(token);
        var words = OfCause(finding, OfKind(finding, token, finding.Deadline is { } end ? TimeText.Relative(end, now) : "soon", finding.Deadline <= now));
        var name = TokenName(token.TokenName);
        return new FindingText(
            name + words.Headline, words.Effect, words.Action, $"{name} {words.Predicate}", $"It {words.Predicate}.", words.Noun, words.Impact);
    }

    private static Words OfKind(Finding finding, TokenContext token, string when, bool isPast) => finding.Kind switch
    {
        FindingKind.SecretMissing => new(
            " is missing", "Sending stops at the next restart.", "Recover the secret or store a token",
            $"is missing: no secret {token.SecretName} in {token.StoreName}", "Secret missing", StopsAtRestart),
        FindingKind.SecretDisabled => new(
            " is disabled", "Sending stops at the next restart.", "Enable the secret unless it leaked",
            $"is disabled in {token.StoreName} (secret {token.SecretName})", "Secret disabled", StopsAtRestart),
        FindingKind.SecretMalformed => new(
            " has an invalid value", NotSent, CorrectToken,
            finding.Details is FindingDetails.MalformedSecret { Fault: var fault } ? $"is stored incorrectly: {FaultText(fault)}" : "is stored incorrectly",
            "Token stored incorrectly", "Messages are not being sent: Meta rejects the stored value."),
        FindingKind.TokenRevoked => new(" was revoked", NotSent, NewToken, "was revoked", "Token revoked", EveryCallFails),
        FindingKind.TokenExpired => new(" has expired", NotSent, NewToken, "has expired", "Token expired", EveryCallFails),
        FindingKind.TokenInvalidated => new(" was invalidated by Meta", NotSent, NewToken, "was invalidated by Meta", "Token invalidated", EveryCallFails),
        FindingKind.AppRemoved => new(
            " lost its app", NotSent, "Assign the app, then generate a new token",
            "lost its app: the app was removed from the system user", "App removed", EveryCallFails),
        FindingKind.AppUnavailable => new(
            ": its app is unavailable", NotSent, "Check the app at Meta",
            "cannot be used: Meta blocked, disabled or deleted its app", "App unavailable", EveryCallFails),
        FindingKind.UserActionRequired => new(
            " is suspended by Meta", NotSent, FollowMeta,
            "is suspended until an administrator follows Meta's instructions", "Action required at Meta", EveryCallFails),
        FindingKind.TokenUnreadable => new(" is unreadable", NotSent, CorrectToken, "cannot be read by Meta", "Token unreadable", EveryCallFails),
        FindingKind.TokenInvalid => new(" is no longer valid", NotSent, NewToken, "is no longer valid", "Token invalid", EveryCallFails),
        FindingKind.WrongApp => new(
            " belongs to another app", "Sending may fail.", "Check which is wrong: token or AppId",
            $"belongs to the wrong app{WrongApp(finding.Details as FindingDetails.AppMismatch)}", "Wrong app",
            "Messages fail or are sent as another app, possibly of another environment."),
        FindingKind.ScopeMissing => OfScopes(
            finding, new(
                " lacks a scope", "Some calls fail.", "Generate a new token with that scope",
                $"is missing the scope{Scopes(finding)}", "Scope missing", "Calls that need this scope fail.")),
        FindingKind.ScopeNarrowed => OfScopes(
            finding, new(
                " covers only other accounts", "Your account is not covered.", "Assign your account, then generate a new token",
                $"has the scope{Scopes(finding)} only for other WhatsApp accounts", "Scope limited to other accounts",
                "Calls that need this scope fail for this WhatsApp account; other accounts may work.")),
        FindingKind.BusinessAccountUnreachable => new(
            " cannot access its account", "Sending from that account fails.", "Assign the account to the system user",
            $"cannot access its WhatsApp account{Asset(finding)}", "Account not accessible",
            "Sending from this account fails; its templates and numbers cannot be accessed."),
        FindingKind.WrongPortfolio => new(
            " uses another portfolio's account", "Its owner can remove access.", "Check who owns the account",
            $"uses an account of another portfolio{(finding.Details is FindingDetails.PortfolioMismatch m ? $": {Named(m.Actual)} instead of {m.ExpectedId}" : "")}",
            "Wrong portfolio", "Another business owns the WhatsApp account and can remove your access at any time."),
        FindingKind.PhoneNumberUnreachable => new(
            " cannot access its number", NotSent, "Assign the account that has the number",
            $"cannot access its phone number{Asset(finding)}", "Number not accessible", "Messages are not being sent from this number."),
        FindingKind.PhoneNumberElsewhere => new(
            ": number is in another account", "Sending may fail.", "Find the account that has the number",
            $"has a phone number of another account{(finding.Details is FindingDetails.NumberElsewhere e ? $": {e.PhoneNumberId} is not in account {e.AccountId}" : "")}",
            "Number in another account", "Messages from this number fail or count for another account."),
        FindingKind.SendingBlocked => new(
            ": Meta blocks sending", NotSent, FollowMeta, $"cannot send: Meta blocks {Number(finding)}", "Sending blocked", "Messages are not being sent from this number."),
        FindingKind.PhoneNumberNotConnected => OfNumber(finding, (finding.Details as FindingDetails.NumberStatus)?.State),
        FindingKind.QualityLow => new(
            ": quality rating is low", "Meta may limit sending.", "Check which templates are reported",
            $"has a phone number with low quality: {Number(finding)}", "Quality low", "No effect yet; Meta may limit or block the number."),
        FindingKind.TokenExpires => new(
            $" expires {when}", "Then sending stops.", NewToken, $"expires {when}", "Token expiring", "After that, messages are not sent."),
        FindingKind.DataAccessExpires => isPast
            ? new(
                " lost data access", "Reading data fails.", NewToken, $"has data access that ended {when}", "Data access expired",
                "Calls that read data fail, although the token is still valid.")
            : new(
                $" loses data access {when}", "Then reading fails.", NewToken, $"has data access that ends {when}", "Data access expiring",
                "After that, calls that read data fail, although the token is still valid."),
        FindingKind.AppCredentialRejected => new(
            " cannot be fully checked", "Some problems go unnoticed.", "Store the current app secret",
            $"can no longer be fully checked: {AppCredential(finding, token)}", "App credential rejected",
            "Sending may still work, but the monitor cannot see some problems."),
        FindingKind.NotSystemUser => new(
            " has the wrong type", "It may stop working anytime.", "Replace it with a system user token",
            $"is not a system user token{(finding.Details is FindingDetails.TokenType { Type: var type } ? $" (type {type})" : "")}", "Not a system user token",
            "It stops when that person changes password, logs out or leaves."),
        FindingKind.TokenShared => new(
            " is shared between environments", "Environments are not separated.", "Give one environment its own token",
            $"is the same token as {(finding.Details is FindingDetails.SharedToken { TokenNames: var names } ? Quoted(names) : "another environment's")}",
            "Token shared", "One environment can send as the other."),
        FindingKind.EnvironmentShared => new(
            " is not isolated", "One environment can send as another.", "Separate the environments, or ignore this finding",
            $"shares {Shared(finding.Details as FindingDetails.SharedAssets)}", "Environment shared", "One environment can send as the other."),
        FindingKind.SecretAmbiguous => new(
            " has two different values", "One may not work.", "Use one token for both names",
            $"has two different values in {token.StoreName}{(finding.Details is FindingDetails.AmbiguousSecret a ? $": {a.OtherName} {ContentText(a.Content)}" : "")}",
            "Two token values", "The monitor checks only one of them; the other may not work."),
        FindingKind.AccessReduced => new(
            " lost full account control", "Managing the account may fail.", "Restore full control for the system user",
            "no longer has full control of its WhatsApp account"
            + (finding.Details is FindingDetails.AccountAccess access
                ? access.Tasks is null ? ": the system user is not assigned to it" : ": the system user does not have the permission MANAGE"
                : ""),
            "Access reduced", "Managing templates, numbers and webhooks may fail."),
        FindingKind.AppNotSubscribed => new(
            ": app is not subscribed", "Replies do not arrive.", "Subscribe the app to the account",
            $"uses {(finding.Details is FindingDetails.Subscription { AppId: var app } ? $"app {app}, which" : "an app that")} is not subscribed to the WhatsApp account",
            "App not subscribed", "Replies and delivery reports do not arrive."),
        FindingKind.SendingLimited => new(
            ": Meta limits sending", "Some messages are not sent.", FollowMeta,
            $"cannot send everything: Meta limits {Number(finding)}", "Sending limited", "Some messages are delayed or rejected."),
        FindingKind.SecretExpires => new(
            isPast ? $": vault secret expired {when}" : $": vault secret expires {when}", "No effect yet.", "Extend the date or replace the token",
            $"is stored in a vault secret that {(isPast ? "expired" : "expires")} {when}", "Secret expiring",
            "No effect yet. Meta ignores the date, but programs that check it may stop."),
        FindingKind.GraphVersionExpired => new(
            ": Graph API version expired", "No effect yet.", "Set a current Graph API version",
            $"was checked with another Graph API version{(finding.Details is FindingDetails.GraphVersion v ? $": Meta used {v.Answered} instead of {v.Requested}" : "")}",
            "Graph API version expired", "No effect yet, but Meta's answers may change, also for your integration."),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding.Kind, "Unknown kind of finding."),
    };

    private static Words OfCause(Finding finding, Words words) => finding.Cause switch
    {
        FindingCause.WrongConfiguredId => words with
        {
            Effect = "The configured ID is wrong.",
            Action = "Correct the configured ID",
            Impact = $"The monitor cannot check {(finding.Kind is FindingKind.PhoneNumberUnreachable ? "the phone number" : "the account")}: its setting has the wrong ID.",
        },
        FindingCause.NotYetActive => words with
        {
            Headline = ": vault secret is not active yet",
            Action = "Correct the activation date",
            Predicate = "is stored in a vault secret that is not active yet",
            Noun = "Secret not active yet",
        },
        FindingCause.PaymentFailed => words with { Action = "Fix the payment method of the account" },
        FindingCause.TemporaryToken => words with
        {
            Headline = finding.Kind is FindingKind.NotSystemUser ? " is a temporary developer token" : words.Headline,
            Predicate = finding.Kind is FindingKind.NotSystemUser
                ? "is a temporary developer token of the API Setup page, not a system user token"
                : $"{words.Predicate}: it is a temporary developer token",
            Action = "Replace it with a system user token",
            Impact = finding.Kind is FindingKind.NotSystemUser ? "It works for 24 hours at most." : words.Impact,
        },
        FindingCause.ScopeNotListed => words with
        {
            Headline = " does not list a scope",
            Effect = "No effect yet.",
            Predicate = $"does not list the scope{Scopes(finding)}, but can read what needs it",
            Impact = "No effect yet: the account and its number can be read.",
        },
        FindingCause.DisplayNamePending => words with { Action = "Wait for, or request, display name approval" },
        FindingCause.AccountRestricted or FindingCause.AppRestricted => words with { Action = FollowMeta },
        FindingCause.AnotherAppsToken => words with { Action = "Store the correct token first" },
        _ => words,
    };

    // In ten seconds nobody works out which half of a general sentence applies.
    private static Words OfScopes(Finding finding, Words words) => (finding.Details as FindingDetails.Scopes)?.Affected switch
    {
        { } affected when affected.Contains(ScopeRules.Messaging, StringComparer.OrdinalIgnoreCase) =>
            words with { Effect = NotSent, Impact = "Messages are not being sent: sending needs this scope." },
        { } affected when affected.SequenceEqual([ScopeRules.Management], StringComparer.OrdinalIgnoreCase) =>
            words with { Effect = "Sending may work; templates fail.", Impact = "Sending may work, but templates, numbers and the account cannot be accessed." },
        _ => words,
    };

    private static Words OfNumber(Finding finding, NumberState? state)
    {
        const string None = "Messages are not being sent from this number.";
        var number = Number(finding);
        return state switch
        {
            NumberState.NotRegistered => new(
                ": its number is not registered", NotSent, "Register the number again", $"has a phone number that is not registered: {number}", "Number not registered", None),
            NumberState.Disconnected => new(
                ": its number is disconnected", NotSent, "Register the number again", $"has a phone number that is disconnected: {number}", "Number disconnected", None),
            NumberState.Banned => new(
                ": Meta banned its number", NotSent, "Request a review by Meta", $"has a phone number that Meta banned: {number}", "Number banned", None),
            NumberState.Deleted => new(
                ": its number was removed", NotSent, "Add the number again", $"has a phone number that was removed: {number}", "Number removed", None),
            NumberState.Migrated => new(
                ": its number was moved", NotSent, "Find the account that has the number", $"has a phone number that was moved: {number}", "Number moved", None),
            NumberState.Pending => new(
                ": its number is not set up", NotSent, "Finish setting up the number", $"has a phone number that is not set up: {number}", "Number not set up", None),
            NumberState.Unverified => new(
                ": its number is not verified", NotSent, "Verify the number", $"has a phone number that is not verified: {number}", "Number not verified", None),
            NumberState.Restricted => new(
                ": its number reached its limit", "Only replies are sent.", "Wait until the limit resets",
                $"has a phone number that reached its messaging limit: {number}", "Messaging limit reached", "New conversations are not being sent; replies are."),
            NumberState.Flagged => new(
                ": Meta flagged its number", "Meta may limit sending.", "Check which templates are reported",
                $"has a phone number that Meta flagged for low quality: {number}", "Number flagged", "No effect yet; Meta may lower the limit of the number."),
            NumberState.RateLimited => new(
                ": its number sends too fast", "Some messages are delayed.", "Reduce the sending rate",
                $"has a phone number that sends too fast: {number}", "Number rate limited", "Some messages are delayed or rejected."),
            _ => new(
                ": its number is not connected", NotSent, "Check the number in WhatsApp Manager", $"has a phone number that is not connected: {number}", "Number not connected", None),
        };
    }

    private static string WrongApp(FindingDetails.AppMismatch? details) => details switch
    {
        { Actual: { } actual } => $": {Named(actual)} instead of {details.ExpectedId}",
        { ExpectedId: { } expected } => $": Meta says it does not belong to app {expected}",
        _ => "",
    };

    private static string Scopes(Finding finding) =>
        finding.Details is FindingDetails.Scopes { Affected: var affected } ? $" {string.Join(" and ", affected)}" : "";

    private static string Asset(Finding finding) => finding.Subject.AssetId is { } id ? $" {id}" : "";

    private static string Number(Finding finding) => (finding.Details switch
    {
        FindingDetails.Sending { PhoneNumber: var number } => number.Name ?? number.Id,
        FindingDetails.NumberStatus { PhoneNumber: var number } => number.Name ?? number.Id,
        FindingDetails.NumberQuality { PhoneNumber: var number } => number.Name ?? number.Id,
        _ => finding.Subject.AssetId,
    }) ?? "the number";

    private static string Shared(FindingDetails.SharedAssets? details) => details is null
        ? "an account or a phone number with another environment"
        : string.Join(
            " and ",
            (string[])
            [
                .. details.WithSameNumber.Count > 0 ? [$"a phone number with {Quoted(details.WithSameNumber)}"] : Array.Empty<string>(),
                .. details.WithSameAccount.Count > 0 ? [$"a WhatsApp account with {Quoted(details.WithSameAccount)}"] : Array.Empty<string>(),
            ]);

    private static string AppCredential(Finding finding, TokenContext token)
    {
        var secret = $"the app secret {token.AppSecretName} in {token.StoreName}";
        return finding.Cause switch
        {
            FindingCause.SecretMissing => $"{secret} is missing",
            FindingCause.SecretDisabled => $"{secret} is disabled",
            FindingCause.SecretMalformed =>
                $"{secret} has an invalid value{(finding.Details is FindingDetails.AppCredential { Fault: { } fault } ? $": {FaultText(fault)}" : "")}",
            _ => "Meta rejects the app ID and secret",
        };
    }

    // Headline and predicate stand behind the token's name.
    private sealed record Words(string Headline, string Effect, string Action, string Predicate, string Noun, string Impact);
}
