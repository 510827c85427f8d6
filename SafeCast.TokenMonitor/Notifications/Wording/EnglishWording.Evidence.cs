using System.Globalization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Notifications.Wording;

/// <summary>The labels of evidence and facts, and the words for what is unknown and for unusable secrets.</summary>
public sealed partial class EnglishWording
{
    /// <inheritdoc/>
    public IReadOnlyList<LabelledValue> EvidenceOf(Finding finding, TokenContext token)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(token);
        return finding.Details is FindingDetails.TokenDates
            ? [.. OfError(finding.GraphError), .. OfDetails(finding, token)]
            : [.. OfDetails(finding, token), .. OfError(finding.GraphError)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<LabelledValue> FactsOf(TokenContext token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return
        [
            .. Row("Fingerprint", token.Fingerprint),
            .. Row("App", token.ActualApp is { } app ? NameAndId(app) : null),
            .. Row("Type", token.Type),
            .. Row("Issued", token.IssuedAt is { } issued ? TimeText.Moment(issued) : null),
            .. Row(token.IsOfAnotherType ? "Belongs to" : "System user", token.Owner is { } owner ? NameAndId(owner) : null),
            .. Row("Source", token.Source switch
            {
                null => null,
                InspectionSource.App => "debug_token, queried by the app",
                InspectionSource.SelfInspection => "debug_token, queried by the token",
                InspectionSource.TokenItself => "test calls with the token",
                _ => $"{token.StoreName} only",
            }),
        ];
    }

    /// <inheritdoc/>
    public UnknownText Describe(UnknownFact unknown)
    {
        ArgumentNullException.ThrowIfNull(unknown);
        var what = unknown.Topic switch
        {
            FactTopic.Everything => "anything about the token",
            FactTopic.Validity => "whether the token is valid",
            FactTopic.Expiry => "when the token expires",
            FactTopic.DataAccessExpiry => "when its data access expires",
            FactTopic.TokenProperties => "when the token expires, its app and its type",
            FactTopic.TokenType => "the token's type",
            FactTopic.AppOnlyFacts => "what only the token's app may query",
            FactTopic.AppAnswer => "what the token's app can query",
            FactTopic.Scopes => "the token's scopes",
            FactTopic.ScopeTargets => "whether its scopes cover only other accounts",
            FactTopic.BusinessAccountAccess => "whether it can access its WhatsApp account",
            FactTopic.PhoneNumberAccess when unknown.Reason is UnknownReason.NotConfigured => "whether it can access its phone number and send",
            FactTopic.PhoneNumberAccess => "whether it can access its phone number",
            FactTopic.PhoneNumberAccount => "whether the phone number is in the account",
            FactTopic.AppSubscription => "whether the app is subscribed to the account",
            FactTopic.AccountOwner => "which portfolio owns the account",
            FactTopic.AccountControl => "whether the system user has full control of the account",
            FactTopic.Sending => "whether Meta lets the number send",
            FactTopic.NumberStatus => "whether the number is connected",
            FactTopic.NumberQuality => "the quality rating of the number",
            _ => "",
        };
        var why = Why(unknown);
        return new UnknownText(what, why, what.Length == 0 ? why : $"Unknown: {what}. {why}");
    }

    /// <inheritdoc/>
    public string Describe(SecretFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return FaultText(fault);
    }

    internal static string FaultText(SecretFault fault) => fault.Problem switch
    {
        SecretProblem.Empty => "it is empty",
        SecretProblem.Quoted => "it has quotes around it",
        SecretProblem.Json => "it is JSON, not only the value",
        SecretProblem.EndsWithEscapedLineBreak => "it ends with an escaped line break (\"\\n\" or \"\\r\")",
        SecretProblem.EndsWithSeparator => "it ends with a semicolon or a comma",
        SecretProblem.CommentIncluded => "it includes a comment (#...)",
        SecretProblem.Uuid when fault.Expected is SecretKind.AppSecret => "it is a UUID, not an app secret",
        SecretProblem.Uuid => "it is a UUID, not a token",
        SecretProblem.Base64 => "it is a base64-encoded token",
        SecretProblem.EndsWithLineBreak => "it ends with a line break",
        SecretProblem.BeginsWithLineBreak => "it begins with a line break",
        SecretProblem.LineBreakInside => "it has a line break in the middle",
        SecretProblem.WhiteSpaceAround => "it has white space around it",
        SecretProblem.NameIncluded => "it begins with the name of a setting (NAME=...)",
        SecretProblem.BearerIncluded => "it begins with the word \"Bearer\"",
        SecretProblem.UnresolvedReference => "it is a Key Vault reference that was not resolved",
        SecretProblem.Placeholder => "it is still the placeholder",
        SecretProblem.WhiteSpaceInside => "it has white space in the middle",
        SecretProblem.ControlCharacters => "it has control characters",
        SecretProblem.InvisibleCharacters => "it has invisible characters",
        SecretProblem.TooLong => $"it has {fault.Length?.ToString("N0", CultureInfo.InvariantCulture)} characters, and no token is that long",
        SecretProblem.AppToken when fault.Expected is SecretKind.AppSecret => "it is an app token (app ID and app secret); only the app secret is needed",
        SecretProblem.AppToken => "it is an app token (app ID and app secret), not a system user token",
        SecretProblem.Url => "it is a URL",
        SecretProblem.InvalidCharacters when fault.Expected is SecretKind.ApiKey => "it has characters that an API key never has",
        SecretProblem.InvalidCharacters when fault.Expected is SecretKind.AppSecret => "it has characters that an app secret never has: only letters and digits are allowed",
        SecretProblem.InvalidCharacters => "it has characters that a token never has: only letters and digits are allowed",
        SecretProblem.NotLikeAToken => $"it does not look like a token: {fault.Length} characters that do not begin with \"EAA\"",
        SecretProblem.AccessToken => "it is an access token, not an app secret",
        SecretProblem.NotAUrl => "it is not a URL",
        SecretProblem.RetiredConnector =>
            "it is the URL of an Office 365 connector, which Microsoft retired; create a Teams workflow (\"Send webhook alerts to a channel\") and store its URL instead",
        SecretProblem.NotHttps => "it does not begin with https://",
        SecretProblem.EscapedUrl => "it was copied from HTML or JSON and has \"&amp;\" or \"\\u0026\" in place of \"&\"; copy the URL from the workflow",
        SecretProblem.NoSignature => "its signature (\"sig=\") is missing; copy the whole URL again",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Problem, "Unknown problem."),
    };

    private static string ContentText(ContradictingContent content) => content switch
    {
        ContradictingContent.Nothing => "is empty",
        ContradictingContent.SetTwice => "is set twice, to different values",
        ContradictingContent.UnexpandedReference => "has a reference that was not expanded",
        _ => "has another token",
    };

    private static string Why(UnknownFact unknown) => (unknown.Reason, unknown.Cause) switch
    {
        (UnknownReason.NotConfigured, _) => unknown.Topic switch
        {
            FactTopic.BusinessAccountAccess => "No BusinessAccountId is configured: a token that lost its account looks healthy.",
            FactTopic.PhoneNumberAccess => "No PhoneNumberId is configured: a token that lost its number looks healthy.",
            _ => "No AppId and AppSecretName are configured, so the token was queried about itself, which Graph often refuses.",
        },
        (_, UnknownCause.Error) => unknown.Diagnostic ?? "",
        (_, UnknownCause.WrongGraphVersion) =>
            $"{Sentence(unknown.Diagnostic)} Graph does not know the configured version or address: correct TokenMonitor__Graph__Version or TokenMonitor__Graph__BaseUrl.",
        (_, UnknownCause.UnknownValue) => $"Graph states {unknown.Diagnostic}, which this monitor does not know.",
        (_, UnknownCause.UnsupportedValue) => $"Graph states {unknown.Diagnostic} overall, but no part of its answer is about messages.",
        (_, UnknownCause.PortfolioPermissionMissing) => $"{Sentence(unknown.Diagnostic)} Grant business_management to the token, or remove BusinessPortfolioId from the settings.",
        (_, UnknownCause.WrongPortfolioId) => $"{Sentence(unknown.Diagnostic)} BusinessPortfolioId in the settings is not the ID of a business portfolio: correct it.",
        (_, UnknownCause.ScopeMissing) => "It cannot be read without the missing scope.",
        (_, UnknownCause.AccountUnreadable) => "The WhatsApp account cannot be read.",
        (_, UnknownCause.SystemUserUnknown) => "Graph did not state whose token it is.",
        (_, UnknownCause.NoAppCredential) => NotInspected("no app credential is configured to inspect it"),
        (_, UnknownCause.AppSecretNotRead) => NotInspected("the app secret could not be read to inspect it"),
        (_, UnknownCause.AppCredentialRejected) => NotInspected("Graph rejects the app credential that would inspect it"),
        (_, UnknownCause.AnotherApp) => NotInspected("the configured app may not inspect another app's token"),
        (_, UnknownCause.AppGaveNoAnswer) => NotInspected("its app gave no answer about it"),
        _ when unknown.Topic is FactTopic.Scopes => "Graph did not list them.",
        _ when unknown.Topic is FactTopic.ScopeTargets => "Graph did not list the accounts that they are granted for.",
        _ when unknown.Topic is FactTopic.TokenType => "Graph did not state whose token it is.",
        _ when unknown.Topic is FactTopic.AccountControl => "Graph did not state the permissions of the system user.",
        _ => "Graph did not state it.",
    };

    private static string Sentence(string? text) => text is { Length: > 0 } ? $"{text.TrimEnd('.')}." : "";

    private static string NotInspected(string why) => $"The token works, but it may not inspect itself, and {why}.";

    private static IEnumerable<LabelledValue> OfDetails(Finding finding, TokenContext token)
    {
        switch (finding.Details)
        {
            case FindingDetails.MalformedSecret malformed:
                return [new("Secret", token.SecretName), .. Row("Secret version", malformed.Version)];
            case FindingDetails.SecretVersion(var version, { } begin):
                return [new("Secret", token.SecretName), new("Secret active from", TimeText.Moment(begin)), .. Row("Secret version", version)];
            case FindingDetails.SecretVersion(var version, _):
                return [new("Secret", token.SecretName), .. Row("Secret expires", finding.Deadline is { } end ? TimeText.Moment(end) : null), .. Row("Secret version", version)];
            case FindingDetails.AmbiguousSecret ambiguous:
                return [new("Different value in", ambiguous.OtherName)];
            case FindingDetails.TokenDates dates:
                return
                [
                    .. Row("Issued", dates.IssuedAt is { } issued ? TimeText.Moment(issued) : null),
                    .. Row("Expires", dates.ExpiresAt is { } expires ? TimeText.Moment(expires) : null),
                    .. Row("Data access expires", dates.DataAccessExpiresAt is { } dataEnd ? TimeText.Moment(dataEnd) : null),
                ];
            case FindingDetails.TokenType(var type):
                return [new("Type", type)];
            case FindingDetails.AppMismatch { ExpectedId: { } expected, Actual: { } actual }:
                return [new("Expected app", expected), .. Row("Actual app", actual.Id)];
            case FindingDetails.Scopes { Granted: { } granted } scopes:
                return [new("Missing", string.Join(", ", scopes.Affected)), new("Granted", Listed(granted))];
            case FindingDetails.Scopes { GrantedForIds: { } ids }:
                return [.. Row("WhatsApp account", finding.Subject.AssetId), new("Granted only for", Listed(ids))];
            case FindingDetails.SharedToken(_, var fingerprint):
                return [new("Fingerprint", fingerprint)];
            case FindingDetails.SharedAssets shared:
                return
                [
                    .. shared.WithSameNumber.Count > 0 ? [new("Phone number", $"{token.PhoneNumber?.Id}, also used by {Quoted(shared.WithSameNumber)}")] : Array.Empty<LabelledValue>(),
                    .. shared.WithSameAccount.Count > 0 ? [new("WhatsApp account", $"{token.BusinessAccount?.Id}, also used by {Quoted(shared.WithSameAccount)}")] : Array.Empty<LabelledValue>(),
                ];
            case FindingDetails.ConfiguredId { Mistake: { } mistake }:
                return [new("Likely cause", MistakeText(mistake, finding.Kind is FindingKind.PhoneNumberUnreachable))];
            case FindingDetails.NumberElsewhere elsewhere:
                return [new("Phone number", elsewhere.PhoneNumberId), new("Numbers in account", Listed(elsewhere.NumberIdsOfAccount))];
            case FindingDetails.PortfolioMismatch mismatch:
                return [new("Expected portfolio", mismatch.ExpectedId), .. Row("Actual portfolio", mismatch.Actual.Id)];
            case FindingDetails.AccountAccess access:
                return [new("System user ID", access.UserId), .. Row("Permissions", access.Tasks is { } tasks ? Listed(tasks) : null)];
            case FindingDetails.Subscription subscription:
                return [new("Subscribed apps", Listed(subscription.SubscribedAppIds))];
            case FindingDetails.Sending sending:
                return [new("Phone number", NameAndId(sending.PhoneNumber)), .. Row("Number status", sending.Status), .. sending.Entities.SelectMany(OfEntity)];
            case FindingDetails.NumberStatus(var number, var state):
                return [new("Phone number", NameAndId(number)), new("Number status", StatusText(state))];
            case FindingDetails.NumberQuality(var number, var rating):
                return [new("Phone number", NameAndId(number)), new("Quality rating", rating)];
            case FindingDetails.GraphVersion version:
                return [new("Requested", version.Requested), new("Used", version.Answered)];
            case FindingDetails.Recorded(var evidence):
                return evidence;
        }

        return finding.Kind switch
        {
            FindingKind.SecretMissing or FindingKind.SecretDisabled => [new("Secret", token.SecretName)],
            FindingKind.DataAccessExpires => Row("Data access expires", finding.Deadline is { } end ? TimeText.Moment(end) : null),
            FindingKind.AppCredentialRejected when finding.Cause is FindingCause.RejectedByMeta => Row("App", token.App?.Id),
            FindingKind.AppCredentialRejected => Row("Secret", token.AppSecretName),
            _ => [],
        };
    }

    private static LabelledValue[] OfError(GraphError? error) => error is null
        ? []
        :
        [
            .. Row("Meta error code", error.CodeAndSubcode),
            new("Meta error", error.Message),
            .. Row("Meta details", error.Details),
            .. Row("Meta message", error.UserMessage),
            .. Row("Meta trace ID", error.TraceId),
        ];

    private static IEnumerable<LabelledValue> OfEntity(SendingEntity entity)
    {
        yield return entity.CanSendMessage?.ToUpperInvariant() switch
        {
            "BLOCKED" => new("Blocked", NameOf(entity)),
            "LIMITED" => new("Limited", NameOf(entity)),
            "AVAILABLE" => new("Available, with errors", NameOf(entity)),
            { } other => new("Not available", $"{NameOf(entity)}: {other}"),
            null => new("Not stated", NameOf(entity)),
        };
        foreach (var error in entity.Errors)
        {
            yield return new($"Error {error.Code}".TrimEnd(), error.Description ?? "no description");
            foreach (var solution in Row("Meta's fix", error.PossibleSolution))
            {
                yield return solution;
            }
        }

        foreach (var info in entity.AdditionalInfo)
        {
            yield return new("Meta's note", info);
        }
    }

    private static string StatusText(NumberState state) => state switch
    {
        NumberState.NotRegistered => "not registered",
        NumberState.RateLimited => "RATE_LIMITED",
        _ => state.ToString().ToUpperInvariant(),
    };

    private static string NameOf(SendingEntity entity) => (entity.EntityType?.ToUpperInvariant() switch
    {
        "PHONE_NUMBER" => "the phone number",
        "WABA" => "the WhatsApp account",
        "BUSINESS" => "the business portfolio",
        "APP" => "the app",
        { } other => other,
        null => "unnamed",
    } + $" {entity.Id}").TrimEnd();

    private static string MistakeText(IdMistake mistake, bool isNumber)
    {
        var expected = isNumber ? "a phone number" : "a WhatsApp account";
        return mistake switch
        {
            IdMistake.OtherAsset => $"the configured ID is the ID of {(isNumber ? "a WhatsApp account" : "a phone number")}, not of {expected}",
            IdMistake.SystemUser => $"the configured ID is the ID of the system user, not of {expected}",
            IdMistake.App => $"the configured ID is the ID of the app, not of {expected}",
            IdMistake.Portfolio => $"the configured ID is the ID of the portfolio, not of {expected}",
            _ => "the configured ID looks like the phone number itself, not like its ID",
        };
    }

    private static LabelledValue[] Row(string label, string? value) => value is null ? [] : [new(label, value)];

    private static string Listed(IReadOnlyCollection<string> values) => values.Count > 0 ? string.Join(", ", values) : "none";

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));

    private static string Named(NamedId named) => named.Name is { } name ? $"\"{name}\" ({named.Id})" : named.Id ?? "";

    private static string NameAndId(NamedId named) => (named.Name, named.Id) switch
    {
        ({ } name, { } id) => $"{name} ({id})",
        var (name, id) => name ?? id ?? "",
    };
}
