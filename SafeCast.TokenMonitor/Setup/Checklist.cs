using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Assessment.Rules;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>
/// The procedure by which a token is made, step by step, held against what was found. A pure function. It judges nothing itself: a
/// step is proven where the assessment looked for its findings and saw none. Every kind of finding belongs to one step.
/// </summary>
public static class Checklist
{
    /// <summary>The step that the secret itself, unasked, is one whole token.</summary>
    internal const string SecretStep = "secret";

    /// <summary>The step that Meta takes it for a token that lives.</summary>
    internal const string ValidStep = "valid";

    /// <summary>The step that it is the configured app's.</summary>
    internal const string AppStep = "app";

    /// <summary>The step that no other environment has it.</summary>
    internal const string OwnTokenStep = "own-token";

    /// <summary>The steps, in the order in which a token is made and used.</summary>
    /// <param name="inspection">The facts.</param>
    /// <param name="expectation">What the token should be.</param>
    /// <param name="assessment">What the facts mean.</param>
    /// <param name="before">The token that was in place before.</param>
    /// <param name="notCompared">Other configured names whose token could not be read, to compare.</param>
    /// <param name="subject">What the checklist is about.</param>
    /// <param name="wording">The words for findings and their steps.</param>
    /// <param name="now">The time from which "in 6 days" counts, UTC.</param>
    public static IReadOnlyList<CheckedStep> Of(
        TokenInspection inspection,
        TokenExpectation expectation,
        TokenAssessment assessment,
        TokenBefore before,
        IReadOnlyCollection<string> notCompared,
        ChecklistSubject subject,
        IAlertWording wording,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wording);
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(expectation);
        ArgumentNullException.ThrowIfNull(assessment);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(notCompared);
        return [.. new Reading(inspection, expectation, assessment, before, notCompared, subject, wording, now).Steps()];
    }

    private sealed class Reading(
        TokenInspection i,
        TokenExpectation e,
        TokenAssessment assessment,
        TokenBefore before,
        IReadOnlyCollection<string> notCompared,
        ChecklistSubject subject,
        IAlertWording wording,
        DateTimeOffset now)
    {
        private readonly TokenContext _context = assessment.Context ?? TokenContext.From(i, e);

        private readonly DebugToken? _debug = i.Debug?.Value;

        public IEnumerable<CheckedStep> Steps()
        {
            // The secret, and whether it can be looked at.
            yield return Step(SecretStep, "It is one whole token, with nothing pasted along", i.Secret, null,
                FindingKind.SecretMissing, FindingKind.SecretDisabled, FindingKind.SecretMalformed, FindingKind.SecretAmbiguous);
            yield return Warning(Step("secret-date", "The vault sets it no near end", i.Secret, null, FindingKind.SecretExpires));
            yield return AppCredential();

            // How it was made.
            yield return Step(ValidStep, "Meta accepts it", i.Debug, null, FindingCatalogue.Invalidating.AsSpan());
            yield return OfSystemUser();
            yield return Named(Step(AppStep, "It belongs to the right app", i.Debug, Needs(e.AppId, "AppId"), FindingKind.WrongApp), App());
            yield return Expiry();
            foreach (var scope in e.RequiredScopes)
            {
                yield return ScopeStep(scope);
            }

            // What it reaches.
            yield return Named(
                Step("business-account", "It can read the WhatsApp account", i.BusinessAccount, Needs(e.BusinessAccountId, "BusinessAccountId"), FindingKind.BusinessAccountUnreachable),
                Called(i.BusinessAccount?.Value?.Name, e.BusinessAccountId));
            yield return Named(
                Step("phone-number", "It can read the phone number", i.PhoneNumber, Needs(e.PhoneNumberId, "PhoneNumberId"), FindingKind.PhoneNumberUnreachable),
                Called(i.PhoneNumber?.Value?.DisplayNumber, e.PhoneNumberId));
            yield return Step(
                "phone-number-account", "The phone number is the account's", i.PhoneNumberIds, NeedsBoth(), FindingKind.PhoneNumberElsewhere);
            yield return Step("portfolio", "The account is your portfolio's", i.Owner, Needs(e.BusinessPortfolioId, "BusinessPortfolioId"), FindingKind.WrongPortfolio);
            yield return Warning(Step(
                "full-control", "The system user has full control of the account", i.AssignedUsers, Needs(e.BusinessPortfolioId, "BusinessPortfolioId"), FindingKind.AccessReduced));
            yield return Warning(Step(
                "subscription", "The app is subscribed to the account", i.SubscribedAppIds, Needs(e.BusinessAccountId, "BusinessAccountId"), FindingKind.AppNotSubscribed));
            yield return Step(
                "sending", "Meta lets the number send", i.PhoneNumber, Needs(e.PhoneNumberId, "PhoneNumberId"), FindingKind.SendingBlocked, FindingKind.SendingLimited);

            // How it stands to others.
            yield return Isolation();
            yield return Warning(Step("own-account", "No other environment has its account or number", e.BusinessAccountId is null ? i.PhoneNumber : i.BusinessAccount, NeedsEither(), FindingKind.EnvironmentShared));
            yield return SameSystemUser();
            yield return Warning(Step("graph-version", "Graph answers in the version that was asked for", i.Debug, null, FindingKind.GraphVersionExpired));
        }

        private CheckedStep Step(string id, string title, SecretReading secret, string? notConfigured, params ReadOnlySpan<FindingKind> kinds) =>
            Step(id, title, kinds, notConfigured, () => secret switch
            {
                SecretReading.Refused refused => refused.Reason,
                SecretReading.Unreachable unreachable => unreachable.Reason,
                _ => "There is no token to look at.",
            });

        private CheckedStep Step(string id, string title, GraphAnswer? answer, string? notConfigured, params ReadOnlySpan<FindingKind> kinds) =>
            Step(id, title, kinds, notConfigured, () => WhyNot(answer));

        private CheckedStep Step(string id, string title, ReadOnlySpan<FindingKind> kinds, string? notConfigured, Func<string> whyNot)
        {
            var asked = kinds.ToArray();
            if (assessment.Findings.FirstOrDefault(finding => asked.Contains(finding.Kind)) is { } found)
            {
                return Failed(id, title, found);
            }

            return notConfigured is not null ? CheckedStep.Skipped(id, title, notConfigured)
                : asked.All(assessment.Evaluated.Contains) ? CheckedStep.Pass(id, title)
                : CheckedStep.Unknown(id, title, whyNot());
        }

        private CheckedStep Failed(string id, string title, Finding finding) => new()
        {
            Id = id,
            Title = title,
            Outcome = StepOutcome.Failed,
            Severity = finding.Severity,
            IsOptional = finding.IsIgnored,
            Detail = subject is ChecklistSubject.NewToken && finding.Details is FindingDetails.MalformedSecret { Fault: var fault }
                ? $"It cannot be a token: {wording.Describe(fault)}."
                : wording.Describe(finding, _context, now).Statement,

            // A pasted value comes from no secret that could be named.
            Evidence = subject is ChecklistSubject.NewToken && id == SecretStep ? [] : wording.EvidenceOf(finding, _context),
            Remediation = [.. ChecklistRemediation.Of(finding, _context.IsInVault, subject, assessment).Select(step => wording.Describe(step, _context))],
        };

        // What cannot be looked for and would only be a warning does not stand in a token's way either.
        private static CheckedStep Warning(CheckedStep step) => step.Outcome is StepOutcome.Failed ? step : step.AsWarning();

        // A choice made wrong on the page where the token is made: it can be made right there and then, whatever it would be worth later.
        private static CheckedStep MadeRight(CheckedStep step, string? what) => Named(step with { Severity = Severity.Critical }, what);

        private static CheckedStep Named(CheckedStep step, string? what) =>
            step.Outcome is StepOutcome.Passed && what is not null ? step with { Detail = what } : step;

        private string WhyNot(GraphAnswer? answer) => i switch
        {
            { Secret: SecretReading.Refused refused } => refused.Reason,
            { Secret: SecretReading.Unreachable unreachable } => unreachable.Reason,
            { Token: null } => "There is no token to look at.",
            _ when assessment.Findings.Any(finding => FindingCatalogue.IsInvalidating(finding.Kind)) => "Meta does not accept the token, so nothing more could be asked.",
            _ when answer?.Error is { } error => error.ToString(),
            { AppCredential: AppCredentialStatus.NotAnswered { Error: var error } } => error.ToString(),
            { AppCredential: AppCredentialStatus.NotRead { Reading: SecretReading.Refused refused } } => refused.Reason,
            { AppCredential: AppCredentialStatus.NotRead { Reading: SecretReading.Unreachable unreachable } } => unreachable.Reason,
            { AppCredential: AppCredentialStatus.Rejected } => "Graph refuses the app's id and secret, so the app could not be asked.",
            { AppCredential: AppCredentialStatus.NotConfigured, Debug.Value: null } =>
                "Only the token's app may say so, and no AppId and AppSecretName are configured.",
            _ when assessment.Unknowns.FirstOrDefault(unknown => unknown.Reason is UnknownReason.QueryFailed) is { } failed => wording.Describe(failed).Why,
            _ when assessment.Unknowns.FirstOrDefault(unknown => unknown.Reason is UnknownReason.NotStated) is { } omitted => wording.Describe(omitted).Why,
            _ => "Graph did not state it.",
        };

        // The one question about Meta that needs no token.
        private CheckedStep AppCredential()
        {
            var step = Step("app-credential", "The app's id and secret can inspect it", [FindingKind.AppCredentialRejected], NeedsAppCredential(), () => i switch
            {
                { AppCredential: AppCredentialStatus.NotAnswered { Error: var error } } => error.ToString(),
                { AppCredential: AppCredentialStatus.NotRead { Reading: SecretReading.Refused refused } } => refused.Reason,
                { AppCredential: AppCredentialStatus.NotRead { Reading: SecretReading.Unreachable unreachable } } => unreachable.Reason,
                _ => WhyNot(i.Debug),
            });
            return Warning(Named(step, i.Token is null ? "Graph takes them; there is no token to inspect." : null));
        }

        // The set of types is open: one that nobody knows is no finding, and no proof either.
        private CheckedStep OfSystemUser()
        {
            var step = MadeRight(Step("system-user", "It is a system user's", i.Debug, null, FindingKind.NotSystemUser), SystemUser());
            return step.Outcome is StepOutcome.Passed && _debug?.Type?.ToUpperInvariant() is not "SYSTEM_USER"
                ? CheckedStep.Unknown(step.Id, step.Title, $"Graph says {_debug?.Type}, which this monitor does not know.")
                : step;
        }

        private CheckedStep Expiry()
        {
            var title = e.Expiry is ExpiryPolicy.Never ? "It never expires" : "Its end is not near";

            // Graph may leave out when access to data ends: that is no fault of the token's.
            var isDataAccessStated = _debug is null or { DataAccessExpiresAt.IsStated: true };
            var step = Step("expiry", title, i.Debug, null, isDataAccessStated ? [FindingKind.TokenExpires, FindingKind.DataAccessExpires] : [FindingKind.TokenExpires]);
            return e.Expiry is ExpiryPolicy.Never
                ? MadeRight(step, null)
                : Named(step, _debug?.ExpiresAt.Moment is { } end ? $"It expires {TimeText.Moment(end)}." : null);
        }

        // One finding may be about several scopes; which of them, the rules say that made it.
        private CheckedStep ScopeStep(string scope)
        {
            var targets = assessment.Unknowns.FirstOrDefault(unknown => unknown.Topic is FactTopic.ScopeTargets);
            var isMissing = ScopeRules.Missing(i, e)?.Contains(scope) is true;
            var isNarrowed = ScopeRules.Narrowed(i, e).Any(narrowed => narrowed.Scope.Equals(scope, StringComparison.OrdinalIgnoreCase));

            // For which account, only Graph's list of accounts tells. Without it the scope is proven all the same, and no more than that.
            var isOfAccount = e.BusinessAccountId is not null && (isNarrowed || (targets is null && assessment.Evaluated.Contains(FindingKind.ScopeNarrowed)));
            var (id, title) = ($"scope-{scope}", isOfAccount ? $"It has the scope {scope}, for this account" : $"It has the scope {scope}");
            return (isMissing, isNarrowed) switch
            {
                (true, _) when Find(FindingKind.ScopeMissing) is { } finding => Failed(id, title, finding) with { Detail = "It lacks this scope." },
                (_, true) when Find(FindingKind.ScopeNarrowed) is { } finding => Failed(id, title, finding) with { Detail = "It has this scope for other accounts only." },
                _ when assessment.Evaluated.Contains(FindingKind.ScopeMissing) => CheckedStep.Pass(id, title, targets is null ? null : wording.Describe(targets).Why),
                _ => CheckedStep.Unknown(id, title, WhyNot(i.ScopeGrants ?? (GraphAnswer?)i.Debug)),
            };
        }

        private CheckedStep Isolation()
        {
            var step = Step(OwnTokenStep, "No other environment has the same token", i.Secret, null, FindingKind.TokenShared);
            return step.Outcome switch
            {
                StepOutcome.Passed when notCompared.Count > 0 => CheckedStep.Unknown(
                    step.Id, step.Title, $"The token of {string.Join(", ", notCompared.Select(name => $"\"{name}\""))} could not be read.").AsWarning(),
                StepOutcome.Failed => step with { Severity = Severity.Critical },
                _ => step,
            };
        }

        private CheckedStep SameSystemUser()
        {
            const string Id = "same-system-user";
            const string Title = "It is the same system user's as before";
            var now = i.Me?.Value?.Id ?? _debug?.UserId;
            return (now, before.SystemUserId) switch
            {
                (null, _) => CheckedStep.Unknown(Id, Title, WhyNot(i.Me)).AsWarning(),
                (_, null) => CheckedStep.Skipped(Id, Title, "Nothing is remembered of a token before this one."),
                var (id, last) when id == last => CheckedStep.Pass(Id, Title),
                _ => CheckedStep.Fail(
                    Id,
                    Title,
                    $"It is {Called(i.Me?.Value?.Name, now)}'s; the one before was {Called(before.SystemUserName, before.SystemUserId)}'s.",
                    "If the change is meant, nothing is to be done. If not, make the token with the system user of before.").AsWarning(),
            };
        }

        private Finding? Find(FindingKind kind) => assessment.Findings.FirstOrDefault(finding => finding.Kind == kind);

        private static string? Needs(string? id, string setting) => id is null ? $"No {setting} is configured." : null;

        private string? NeedsAppCredential() => e is { AppId: not null, AppSecretName: not null } ? null : "No AppId and AppSecretName are configured.";

        private string? NeedsEither() =>
            (e.BusinessAccountId ?? e.PhoneNumberId) is null ? "No BusinessAccountId and no PhoneNumberId are configured, so there is nothing to compare." : null;

        private string? NeedsBoth() => Needs(e.BusinessAccountId, "BusinessAccountId") ?? Needs(e.PhoneNumberId, "PhoneNumberId");

        private string? App() => _debug?.AppId is { } id ? Called(_debug.AppName, id) : null;

        private string? SystemUser() => i.Me?.Value is { } me ? Called(me.Name, me.Id) : null;

        private static string? Called(string? name, string? id) => name is null ? id : $"\"{name}\" ({id})";
    }
}
