using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Assessment.Rules;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>
/// Turns an assessment into the steps of setting up a token. A pure function without rules of its own: a step passes if the assessment
/// evaluated its kinds of findings and found none. Every kind of finding belongs to one step.
/// </summary>
public static class Checklist
{
    /// <summary>The step about the value of the secret.</summary>
    internal const string SecretStep = "secret";

    /// <summary>The step about the validity of the token.</summary>
    internal const string ValidStep = "valid";

    /// <summary>The step about the app of the token.</summary>
    internal const string AppStep = "app";

    /// <summary>The step about other environments with the same token.</summary>
    internal const string OwnTokenStep = "own-token";

    /// <summary>Gets the steps, in the order in which a token is generated and used.</summary>
    /// <param name="inspection">The facts.</param>
    /// <param name="expectation">The expectation.</param>
    /// <param name="assessment">The assessment of the facts.</param>
    /// <param name="previousUser">The system user of the previous token; null: unknown.</param>
    /// <param name="notCompared">The names of other configured tokens that could not be read for a comparison.</param>
    /// <param name="subject">The subject of the checklist.</param>
    /// <param name="wording">The wording of findings and steps.</param>
    /// <param name="now">The current time, UTC.</param>
    public static IReadOnlyList<CheckedStep> Of(
        TokenInspection inspection,
        TokenExpectation expectation,
        TokenAssessment assessment,
        Identity? previousUser,
        IReadOnlyCollection<string> notCompared,
        ChecklistSubject subject,
        IAlertWording wording,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wording);
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(expectation);
        ArgumentNullException.ThrowIfNull(assessment);
        ArgumentNullException.ThrowIfNull(notCompared);
        return [.. new Reading(inspection, expectation, assessment, previousUser, notCompared, subject, wording, now).Steps()];
    }

    private sealed class Reading(
        TokenInspection i,
        TokenExpectation e,
        TokenAssessment assessment,
        Identity? previousUser,
        IReadOnlyCollection<string> notCompared,
        ChecklistSubject subject,
        IAlertWording wording,
        DateTimeOffset now)
    {
        private readonly TokenContext _context = assessment.Context ?? TokenContext.From(i, e);

        private readonly DebugToken? _debug = i.Debug?.Value;

        public IEnumerable<CheckedStep> Steps()
        {
            // The secret, and whether it can be inspected.
            yield return Step(SecretStep, "The value is one complete token and nothing else", i.Secret, null,
                FindingKind.SecretMissing, FindingKind.SecretDisabled, FindingKind.SecretMalformed, FindingKind.SecretAmbiguous);
            yield return Warning(Step("secret-date", "The secret does not expire soon", i.Secret, null, FindingKind.SecretExpires));
            yield return AppCredential();

            // How the token was generated.
            yield return Step(ValidStep, "The token is valid", i.Debug, null, FindingCatalogue.Invalidating.AsSpan());
            yield return OfSystemUser();
            yield return Named(Step(AppStep, "It belongs to the configured app", i.Debug, Needs(e.AppId, "AppId"), FindingKind.WrongApp), App());
            yield return Expiry();
            foreach (var scope in e.RequiredScopes)
            {
                yield return ScopeStep(scope);
            }

            // What it can access.
            yield return Named(
                Step("business-account", "It can access the WhatsApp account", i.BusinessAccount, Needs(e.BusinessAccountId, "BusinessAccountId"), FindingKind.BusinessAccountUnreachable),
                Called(i.BusinessAccount?.Value?.Name, e.BusinessAccountId));
            yield return Named(
                Step("phone-number", "It can access the phone number", i.PhoneNumber, Needs(e.PhoneNumberId, "PhoneNumberId"), FindingKind.PhoneNumberUnreachable),
                Called(i.PhoneNumber?.Value?.DisplayNumber, e.PhoneNumberId));
            yield return Step(
                "phone-number-account", "The phone number is in the account", i.PhoneNumberIds, NeedsBoth(), FindingKind.PhoneNumberElsewhere);
            yield return Step("portfolio", "The configured portfolio owns the account", i.Owner, Needs(e.BusinessPortfolioId, "BusinessPortfolioId"), FindingKind.WrongPortfolio);
            yield return Warning(Step(
                "full-control", "The system user has full control of the account", i.AssignedUsers, Needs(e.BusinessPortfolioId, "BusinessPortfolioId"), FindingKind.AccessReduced));
            yield return Warning(Step(
                "subscription", "The app is subscribed to the account", i.SubscribedAppIds, Needs(e.BusinessAccountId, "BusinessAccountId"), FindingKind.AppNotSubscribed));
            yield return Step(
                "sending", "Meta lets the number send", i.PhoneNumber, Needs(e.PhoneNumberId, "PhoneNumberId"), FindingKind.SendingBlocked, FindingKind.SendingLimited);
            yield return Step(
                "number-status", "The phone number is connected", i.PhoneNumber, Needs(e.PhoneNumberId, "PhoneNumberId"), FindingKind.PhoneNumberNotConnected);
            yield return Warning(Step(
                "number-quality", "Meta does not rate its quality as low", i.PhoneNumber, Needs(e.PhoneNumberId, "PhoneNumberId"), FindingKind.QualityLow));

            // Compared with other tokens and with the previous one.
            yield return Isolation();
            yield return Warning(Step("own-account", "No other environment uses its account or number", e.BusinessAccountId is null ? i.PhoneNumber : i.BusinessAccount, NeedsEither(), FindingKind.EnvironmentShared));
            yield return SameSystemUser();
            yield return Warning(Step("graph-version", "Graph answers in the requested version", i.Debug, null, FindingKind.GraphVersionExpired));
        }

        private CheckedStep Step(string id, string title, SecretReading secret, string? notConfigured, params ReadOnlySpan<FindingKind> kinds) =>
            Step(id, title, kinds, notConfigured, () => secret switch
            {
                SecretReading.Refused refused => refused.Reason,
                SecretReading.Unreachable unreachable => unreachable.Reason,
                _ => "There is no token to inspect.",
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

            // A pasted value does not come from a secret.
            Evidence = subject is ChecklistSubject.NewToken && id == SecretStep ? [] : wording.EvidenceOf(finding, _context),
            Remediation = [.. ChecklistRemediation.Of(finding, _context.IsInVault, subject, assessment).Select(step => wording.Describe(step, _context))],
        };

        // An unknown step that could only fail as a warning does not prevent storing.
        private static CheckedStep Warning(CheckedStep step) => step.Outcome is StepOutcome.Failed ? step : step.AsWarning();

        // A wrong choice on the page where the token is generated is easy to correct now, so it prevents storing, even if it is only a warning later.
        private static CheckedStep Critical(CheckedStep step, string? what) => Named(step with { Severity = Severity.Critical }, what);

        private static CheckedStep Named(CheckedStep step, string? what) =>
            step.Outcome is StepOutcome.Passed && what is not null ? step with { Detail = what } : step;

        private string WhyNot(GraphAnswer? answer) => i switch
        {
            { Secret: SecretReading.Refused refused } => refused.Reason,
            { Secret: SecretReading.Unreachable unreachable } => unreachable.Reason,
            { Token: null } => "There is no token to inspect.",
            _ when assessment.Findings.Any(finding => FindingCatalogue.IsInvalidating(finding.Kind)) => "The token is not valid, so it cannot be used to check this.",
            _ when answer?.Error is { } error => error.ToString(),
            { AppCredential: AppCredentialStatus.NotAnswered { Error: var error } } => error.ToString(),
            { AppCredential: AppCredentialStatus.NotRead { Reading: SecretReading.Refused refused } } => refused.Reason,
            { AppCredential: AppCredentialStatus.NotRead { Reading: SecretReading.Unreachable unreachable } } => unreachable.Reason,
            { AppCredential: AppCredentialStatus.Rejected } => "Graph rejects the app ID and secret, so the app could not be used to check this.",
            { AppCredential: AppCredentialStatus.NotConfigured, Debug.Value: null } =>
                "Only the app of the token can check this, and AppId and AppSecretName are not configured.",
            _ when assessment.Unknowns.FirstOrDefault(unknown => unknown.Reason is UnknownReason.QueryFailed) is { } failed => wording.Describe(failed).Why,
            _ when assessment.Unknowns.FirstOrDefault(unknown => unknown.Reason is UnknownReason.NotStated) is { } omitted => wording.Describe(omitted).Why,
            _ => "Graph did not state it.",
        };

        // The only step about Meta that needs no token.
        private CheckedStep AppCredential()
        {
            var step = Step("app-credential", "The app ID and secret can inspect it", [FindingKind.AppCredentialRejected], NeedsAppCredential(), () => i switch
            {
                { AppCredential: AppCredentialStatus.NotAnswered { Error: var error } } => error.ToString(),
                { AppCredential: AppCredentialStatus.NotRead { Reading: SecretReading.Refused refused } } => refused.Reason,
                { AppCredential: AppCredentialStatus.NotRead { Reading: SecretReading.Unreachable unreachable } } => unreachable.Reason,
                _ => WhyNot(i.Debug),
            });
            return Warning(Named(step, i.Token is null ? "Graph accepts them. There is no token to inspect." : null));
        }

        // Meta may add types. An unknown type is not a finding, and the step does not pass either.
        private CheckedStep OfSystemUser()
        {
            var step = Critical(Step("system-user", "It belongs to a system user", i.Debug, null, FindingKind.NotSystemUser), SystemUser());
            return step.Outcome is StepOutcome.Passed && _debug?.Type?.ToUpperInvariant() is not "SYSTEM_USER"
                ? CheckedStep.Unknown(step.Id, step.Title, $"Graph states the type {_debug?.Type}, which this monitor does not know.")
                : step;
        }

        private CheckedStep Expiry()
        {
            var title = e.Expiry is ExpiryPolicy.Never ? "It never expires" : "It does not expire soon";

            // Graph may omit the expiry of data access. That is not a problem of the token.
            var isDataAccessStated = _debug is null or { DataAccessExpiresAt.IsStated: true };
            var step = Step("expiry", title, i.Debug, null, isDataAccessStated ? [FindingKind.TokenExpires, FindingKind.DataAccessExpires] : [FindingKind.TokenExpires]);
            return e.Expiry is ExpiryPolicy.Never
                ? Critical(step, null)
                : Named(step, _debug?.ExpiresAt.Moment is { } end ? $"It expires {TimeText.Moment(end)}." : null);
        }

        // One finding may be about several scopes. The rules state which.
        private CheckedStep ScopeStep(string scope)
        {
            var targets = assessment.Unknowns.FirstOrDefault(unknown => unknown.Topic is FactTopic.ScopeTargets);
            var isMissing = ScopeRules.Missing(i, e)?.Contains(scope) is true;
            var isNarrowed = ScopeRules.Narrowed(i, e).Any(narrowed => narrowed.Scope.Equals(scope, StringComparison.OrdinalIgnoreCase));

            // Graph states the accounts of a scope only in granular_scopes. Without them, the step passes for the scope alone.
            var isOfAccount = e.BusinessAccountId is not null && (isNarrowed || (targets is null && assessment.Evaluated.Contains(FindingKind.ScopeNarrowed)));
            var (id, title) = ($"scope-{scope}", isOfAccount ? $"It has the scope {scope}, for this account" : $"It has the scope {scope}");
            return (isMissing, isNarrowed) switch
            {
                (true, _) when Find(FindingKind.ScopeMissing) is { } finding => Failed(id, title, finding) with { Detail = finding.Cause is FindingCause.ScopeNotListed ? "Graph does not list this scope; what needs it can be read." : "It lacks this scope." },
                (_, true) when Find(FindingKind.ScopeNarrowed) is { } finding => Failed(id, title, finding) with { Detail = "It has this scope only for other accounts." },
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
            const string Title = "It belongs to the same system user as before";
            var now = i.Me?.Value?.Id ?? _debug?.UserId;
            return (now, previousUser?.Id) switch
            {
                (null, _) => CheckedStep.Unknown(Id, Title, WhyNot(i.Me)).AsWarning(),
                (_, null) => CheckedStep.Skipped(Id, Title, "The previous token is unknown."),
                var (id, last) when id == last => CheckedStep.Pass(Id, Title),
                _ => CheckedStep.Fail(
                    Id,
                    Title,
                    $"It belongs to {Called(i.Me?.Value?.Name, now)}; the previous token belonged to {Called(previousUser?.Name, previousUser?.Id)}.",
                    "If the change is intended, do nothing. If not, generate the token with the previous system user.").AsWarning(),
            };
        }

        private Finding? Find(FindingKind kind) => assessment.Findings.FirstOrDefault(finding => finding.Kind == kind);

        private static string? Needs(string? id, string setting) => id is null ? $"{setting} is not configured." : null;

        private string? NeedsAppCredential() => e is { AppId: not null, AppSecretName: not null } ? null : "AppId and AppSecretName are not configured.";

        private string? NeedsEither() =>
            (e.BusinessAccountId ?? e.PhoneNumberId) is null ? "BusinessAccountId and PhoneNumberId are not configured, so there is nothing to compare." : null;

        private string? NeedsBoth() => Needs(e.BusinessAccountId, "BusinessAccountId") ?? Needs(e.PhoneNumberId, "PhoneNumberId");

        private string? App() => _debug?.AppId is { } id ? Called(_debug.AppName, id) : null;

        private string? SystemUser() => i.Me?.Value is { } me ? Called(me.Name, me.Id) : null;

        private static string? Called(string? name, string? id) => name is null ? id : $"\"{name}\" ({id})";
    }
}
