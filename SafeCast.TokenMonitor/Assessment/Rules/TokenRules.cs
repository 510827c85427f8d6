using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>The token itself: whether it is valid, until when, and which app and user it belongs to.</summary>
internal static class TokenRules
{
    private static readonly TimeSpan Near = TimeSpan.FromDays(30);
    private static readonly TimeSpan Urgent = TimeSpan.FromDays(7);
    private static readonly TimeSpan LifeOfTemporaryToken = TimeSpan.FromHours(24);

    public static void Apply(AssessmentBuilder a)
    {
        if (a.Inspection.BelongsToAnotherApp)
        {
            a.Add(AssessmentBuilder.New(FindingKind.WrongApp) with
            {
                Cause = FindingCause.AppNotStated,
                Details = new FindingDetails.AppMismatch(a.Expectation.AppId, Actual: null),
                GraphError = a.Inspection.Debug?.Error,
            });
        }

        if (a.Inspection.Debug?.Value is { } debug)
        {
            CheckValidity(a, debug);
            CheckExpiry(a, debug);
            CheckOwner(a, debug);
        }
        else if (a.Inspection.Source is InspectionSource.TokenItself)
        {
            CheckWithoutDebug(a);
        }

        CheckUse(a);
    }

    private static void CheckValidity(AssessmentBuilder a, DebugToken debug)
    {
        if (debug.IsValid)
        {
            a.MarkEvaluated(FindingCatalogue.Invalidating.AsSpan());
            return;
        }

        if (debug.Error is { Class: GraphErrorClass.Transient or GraphErrorClass.Throttled } hiccup)
        {
            a.QueryFailed(FactTopic.Validity, hiccup);
            return;
        }

        a.MarkEvaluated(FindingCatalogue.Invalidating.AsSpan());

        a.Add(AssessmentBuilder.New(KindOf(a, debug)) with { Cause = CauseOf(debug), GraphError = debug.Error, Details = Dates(debug) });
    }

    private static FindingKind KindOf(AssessmentBuilder a, DebugToken debug) => ByError(debug.Error) switch
    {
        { } kind => kind,
        null when debug.ExpiresAt.Moment <= a.Now => FindingKind.TokenExpired,
        null when debug.AppId is null && debug.Type is null => FindingKind.TokenUnreadable,
        null => FindingKind.TokenInvalid,
    };

    private static FindingKind? ByError(GraphError? error) => error switch
    {
        { Class: GraphErrorClass.App } => FindingKind.AppUnavailable,
        { Subcode: 463 } => FindingKind.TokenExpired,
        { Subcode: 460 or 467 } => FindingKind.TokenInvalidated,
        { Subcode: 458 } => FindingKind.AppRemoved,
        { Subcode: 459 or 464 } => FindingKind.UserActionRequired,
        { Subcode: 466 } => FindingKind.TokenRevoked,
        _ => null,
    };

    // The API Setup page of an app gives a person a token for a day.
    private static FindingCause CauseOf(DebugToken debug) =>
        string.Equals(debug.Type, "USER", StringComparison.OrdinalIgnoreCase) && debug.ExpiresAt.Moment - debug.IssuedAt <= LifeOfTemporaryToken
            ? FindingCause.TemporaryToken
            : FindingCause.Usual;

    private static void CheckExpiry(AssessmentBuilder a, DebugToken debug)
    {
        if (!debug.IsValid)
        {
            return;
        }

        if (debug.DataAccessExpiresAt.IsStated)
        {
            a.MarkEvaluated(FindingKind.DataAccessExpires);
        }
        else
        {
            // Graph may leave out any field, and this one is "never" for most system user tokens: the check is complete without it.
            a.NotStated(FactTopic.DataAccessExpiry, UnknownCause.Omitted);
        }

        if (debug.ExpiresAt.IsStated)
        {
            a.MarkEvaluated(FindingKind.TokenExpires);
        }
        else
        {
            a.QueryFailed(FactTopic.Expiry, UnknownCause.Omitted);
        }

        if (debug.ExpiresAt.Moment is { } end)
        {
            if (end <= a.Now)
            {
                a.Add(AssessmentBuilder.New(FindingKind.TokenExpired) with { Cause = CauseOf(debug), Details = Dates(debug) });
            }
            else if (IsWorthAlert(a, end))
            {
                a.Add(AssessmentBuilder.New(FindingKind.TokenExpires) with
                {
                    Severity = SeverityOf(a, end),
                    Cause = CauseOf(debug),
                    Deadline = end,
                    Details = Dates(debug),
                });
            }
        }

        if (debug.DataAccessExpiresAt.Moment is { } dataEnd && IsWorthAlert(a, dataEnd) && !(a.Has(FindingKind.TokenExpires) && EndsWithToken(debug) && dataEnd > a.Now))
        {
            a.Add(AssessmentBuilder.New(FindingKind.DataAccessExpires) with
            {
                Severity = dataEnd <= a.Now ? Severity.Critical : Severity.Warning,
                Deadline = dataEnd,
            });
        }
    }

    // A token that is meant to be renewed always has both dates; they are worth an alert when they are near.
    private static bool IsWorthAlert(AssessmentBuilder a, DateTimeOffset end) =>
        a.Expectation.Expiry is ExpiryPolicy.Never || end <= a.Now + Near;

    private static Severity SeverityOf(AssessmentBuilder a, DateTimeOffset end) => end <= a.Now + Urgent ? Severity.Critical : Severity.Warning;

    private static void CheckOwner(AssessmentBuilder a, DebugToken debug)
    {
        if (debug.AppId is not null)
        {
            a.MarkEvaluated(FindingKind.WrongApp);
        }

        if (debug.Type is not null)
        {
            a.MarkEvaluated(FindingKind.NotSystemUser);
        }

        if (a.Expectation.AppId is { } expected && debug.AppId is { } actual && actual != expected)
        {
            a.Add(AssessmentBuilder.New(FindingKind.WrongApp) with { Details = new FindingDetails.AppMismatch(expected, new NamedId(actual, debug.AppName)) });
        }

        // The set of types is open: an unknown one does not prove a person's token.
        switch (debug.Type?.ToUpperInvariant())
        {
            case "SYSTEM_USER":
                break;
            case "USER" or "PAGE" or "APP":
                a.Add(AssessmentBuilder.New(FindingKind.NotSystemUser) with { Details = new FindingDetails.TokenType(debug.Type), Cause = CauseOf(debug) });
                break;
            case null when debug.IsValid:
                a.NotStated(FactTopic.TokenType, UnknownCause.Omitted);
                break;
            case not null:
                a.NotStated(FactTopic.TokenType, UnknownCause.UnknownValue, debug.Type);
                break;
        }
    }

    // Without debug_token: what the token can do shows whether it is valid, and nothing about expiry, app and type.
    private static void CheckWithoutDebug(AssessmentBuilder a)
    {
        if (a.Inspection.Me is { Value: not null })
        {
            a.MarkEvaluated(FindingCatalogue.Invalidating.AsSpan());
            a.QueryFailed(FactTopic.TokenProperties, WhyNotByItsApp(a));
        }
        else if (a.Inspection.Me?.Error is { Class: not (GraphErrorClass.Token or GraphErrorClass.App) } error)
        {
            a.QueryFailed(FactTopic.Validity, error);
        }
    }

    private static UnknownCause WhyNotByItsApp(AssessmentBuilder a) => a.Inspection.AppCredential switch
    {
        AppCredentialStatus.NotConfigured => UnknownCause.NoAppCredential,
        AppCredentialStatus.NotRead => UnknownCause.AppSecretNotRead,
        AppCredentialStatus.Rejected => UnknownCause.AppCredentialRejected,
        AppCredentialStatus.Accepted when a.Inspection.BelongsToAnotherApp => UnknownCause.AnotherApp,
        _ => UnknownCause.AppGaveNoAnswer,
    };

    // An error to the token's own calls counts even where debug_token calls the token valid: the integration gets the same error.
    private static void CheckUse(AssessmentBuilder a)
    {
        if (ErrorInUse(a.Inspection) is { } error)
        {
            a.Add(AssessmentBuilder.New(ByError(error) ?? FindingKind.TokenInvalid) with { GraphError = error });
        }
    }

    /// <summary>The error of the token's own calls that says that the token, or its app, cannot be used; null: there is none.</summary>
    internal static GraphError? ErrorInUse(TokenInspection i) =>
        new GraphAnswer?[] { i.Me, i.ScopeGrants, i.PhoneNumber, i.BusinessAccount, i.PhoneNumberIds, i.SubscribedAppIds, i.Owner, i.AssignedUsers }
            .Select(answer => answer?.Error)
            .FirstOrDefault(error => error?.Class is GraphErrorClass.Token or GraphErrorClass.App);

    private static FindingDetails.TokenDates Dates(DebugToken debug) =>
        new(debug.IssuedAt, debug.ExpiresAt.Moment, EndsWithToken(debug) ? debug.DataAccessExpiresAt.Moment : null);

    private static bool EndsWithToken(DebugToken debug) =>
        (debug.DataAccessExpiresAt.Moment - debug.ExpiresAt.Moment)?.Duration() < TimeSpan.FromDays(1);
}
