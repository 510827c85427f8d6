using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>The token itself: whether it lives, until when, whose it is.</summary>
internal static class TokenRules
{
    private static readonly TimeSpan Near = TimeSpan.FromDays(30);
    private static readonly TimeSpan Urgent = TimeSpan.FromDays(7);

    public static void Apply(AssessmentBuilder a)
    {
        if (a.Inspection.BelongsToAnotherApp)
        {
            a.Find(
                FindingKind.WrongApp,
                $"Graph says that it is not of app {a.Expectation.AppId}",
                AssessmentBuilder.EvidenceOf(a.Inspection.Debug?.Error));
        }

        if (a.Inspection.Debug?.Value is { } debug)
        {
            CheckLife(a, debug);
            CheckExpiry(a, debug);
            CheckOwner(a, debug);
        }
        else if (a.Inspection.Basis is InspectionBasis.TokenItself)
        {
            CheckWithoutDebug(a);
        }

        CheckLifeInUse(a);
    }

    private static void CheckLife(AssessmentBuilder a, DebugToken debug)
    {
        if (debug.IsValid)
        {
            a.LookFor(FindingCatalogue.Deaths.AsSpan());
            return;
        }

        if (debug.Error is { Class: GraphErrorClass.Transient or GraphErrorClass.Throttled } hiccup)
        {
            a.CouldNotFindOut("whether the token is valid", hiccup.ToString());
            return;
        }

        a.LookFor(FindingCatalogue.Deaths.AsSpan());

        a.Find(CauseOfDeath(a, debug), null, null, [.. AssessmentBuilder.EvidenceOf(debug.Error), .. Dates(debug)]);
    }

    private static FindingKind CauseOfDeath(AssessmentBuilder a, DebugToken debug) => BySubcode(debug.Error) switch
    {
        { } kind => kind,
        null when debug.ExpiresAt.Moment <= a.Now => FindingKind.TokenExpired,
        null when debug.AppId is null && debug.Type is null => FindingKind.TokenUnreadable,
        null => FindingKind.TokenInvalid,
    };

    private static FindingKind? BySubcode(GraphError? error) => error?.Subcode switch
    {
        463 => FindingKind.TokenExpired,
        460 or 467 => FindingKind.TokenInvalidated,
        458 => FindingKind.AppRemoved,
        459 or 464 => FindingKind.UserActionRequired,
        466 => FindingKind.TokenRevoked,
        _ => null,
    };

    private static void CheckExpiry(AssessmentBuilder a, DebugToken debug)
    {
        if (!debug.IsValid)
        {
            return;
        }

        if (debug.DataAccessExpiresAt.IsStated)
        {
            a.LookFor(FindingKind.DataAccessExpires);
        }
        else
        {
            // Graph may leave out any field, and this one says "never" of most system users' tokens: nobody is blind for want of it.
            a.NotStated("when its access to data ends", "Graph did not say.");
        }

        if (debug.ExpiresAt.IsStated)
        {
            a.LookFor(FindingKind.TokenExpires);
        }
        else
        {
            a.CouldNotFindOut("when the token expires", "Graph did not say.");
        }

        if (debug.ExpiresAt.Moment is { } end)
        {
            if (end <= a.Now)
            {
                a.Find(FindingKind.TokenExpired, null, null, Dates(debug));
            }
            else if (IsWorthTelling(a, end))
            {
                a.Find(FindingKind.TokenExpires, [TimeText.Relative(end, a.Now)], SeverityOf(a, end), impact: null, deadline: end, Dates(debug));
            }
        }

        if (debug.DataAccessExpiresAt.Moment is { } dataEnd && IsWorthTelling(a, dataEnd))
        {
            a.Find(
                FindingKind.DataAccessExpires,
                [(dataEnd <= a.Now ? "ended " : "ends ") + TimeText.Relative(dataEnd, a.Now)],
                dataEnd <= a.Now ? Severity.Critical : Severity.Warning,
                impact: dataEnd <= a.Now ? "Calls that read data fail, although the token counts as valid." : null,
                deadline: dataEnd,
                new Evidence("Data access ends", TimeText.Moment(dataEnd)));
        }
    }

    // A token that was made to be renewed has both ends by nature; they are worth a word when they come near.
    private static bool IsWorthTelling(AssessmentBuilder a, DateTimeOffset end) =>
        a.Expectation.Expiry is ExpiryPolicy.Never || end <= a.Now + Near;

    private static Severity SeverityOf(AssessmentBuilder a, DateTimeOffset end) => end <= a.Now + Urgent ? Severity.Critical : Severity.Warning;

    private static void CheckOwner(AssessmentBuilder a, DebugToken debug)
    {
        if (debug.AppId is not null)
        {
            a.LookFor(FindingKind.WrongApp);
        }

        if (debug.Type is not null)
        {
            a.LookFor(FindingKind.NotSystemUser);
        }

        if (a.Expectation.AppId is { } expected && debug.AppId is { } actual && actual != expected)
        {
            a.Find(
                FindingKind.WrongApp,
                $"{(debug.AppName is { } name ? $"\"{name}\" ({actual})" : actual)} instead of {expected}",
                new Evidence("Expected app", expected), new Evidence("Token's app", actual));
        }

        // The set of types is open: one that nobody knows yet is no proof of a person's token.
        switch (debug.Type?.ToUpperInvariant())
        {
            case "SYSTEM_USER":
                break;
            case "USER" or "PAGE" or "APP":
                a.Find(FindingKind.NotSystemUser, debug.Type, new Evidence("Type", debug.Type));
                break;
            case null when debug.IsValid:
                a.NotStated("the token's type", "Graph did not say whose token it is.");
                break;
            case not null:
                a.NotStated("the token's type", $"Graph says {debug.Type}, which this monitor does not know.");
                break;
        }
    }

    // Without the app's word: what the token can do tells dead from alive, and nothing of expiry, app and type.
    private static void CheckWithoutDebug(AssessmentBuilder a)
    {
        if (a.Inspection.Me is { Value: not null })
        {
            a.LookFor(FindingCatalogue.Deaths.AsSpan());
            a.CouldNotFindOut(
                "when the token expires, which app it belongs to, of which type it is",
                $"The token works, but it may not inspect itself, and {WhyNotByItsApp(a)}.");
        }
        else if (a.Inspection.Me?.Error is { Class: not GraphErrorClass.Token } error)
        {
            a.CouldNotFindOut("whether the token is valid", error.ToString());
        }
    }

    private static string WhyNotByItsApp(AssessmentBuilder a) => a.Inspection.AppCredential switch
    {
        AppCredentialStanding.NotConfigured => "no app's credential is configured to inspect it",
        AppCredentialStanding.NotRead => "the app's secret could not be read to inspect it",
        AppCredentialStanding.Rejected => "Graph refuses the app's credential, which would inspect it",
        AppCredentialStanding.Accepted when a.Inspection.BelongsToAnotherApp => "the configured app may not inspect another app's token",
        _ => "its app gave no answer about it",
    };

    // What Graph says to the token's own calls counts, even where debug_token calls it valid: that is what the integration meets.
    private static void CheckLifeInUse(AssessmentBuilder a)
    {
        var i = a.Inspection;
        GraphAnswer?[] answers = [i.Me, i.ScopeGrants, i.PhoneNumber, i.BusinessAccount, i.PhoneNumberIds, i.SubscribedAppIds, i.Owner, i.AssignedUsers];
        if (answers.Select(answer => answer?.Error).FirstOrDefault(error => error?.Class is GraphErrorClass.Token) is { } error)
        {
            a.Find(BySubcode(error) ?? FindingKind.TokenInvalid, null, null, AssessmentBuilder.EvidenceOf(error));
        }
    }

    private static Evidence[] Dates(DebugToken debug) =>
    [
        .. debug.IssuedAt is { } issued ? [new Evidence("Issued", TimeText.Moment(issued))] : Array.Empty<Evidence>(),
        .. debug.ExpiresAt.Moment is { } end ? [new Evidence("Expires", TimeText.Moment(end))] : Array.Empty<Evidence>(),
    ];
}
