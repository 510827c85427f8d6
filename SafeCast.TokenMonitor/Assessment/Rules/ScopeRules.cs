using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>What the token may do, and for which account. Evaluated for a valid token only: Graph states no scopes of an invalid one.</summary>
internal static class ScopeRules
{
    /// <summary>The scope that sending needs.</summary>
    public const string Messaging = "whatsapp_business_messaging";

    /// <summary>The scope that reading and managing the account and its numbers needs.</summary>
    public const string Management = "whatsapp_business_management";

    public static void Apply(AssessmentBuilder a)
    {
        if (Missing(a.Inspection, a.Expectation) is not { } missing)
        {
            if (a.Inspection.Debug?.Value is { IsValid: true } || a.Inspection.Me?.Value is not null)
            {
                if (a.Inspection.ScopeGrants?.Error is { } error)
                {
                    a.QueryFailed(FactTopic.Scopes, error);
                }
                else
                {
                    a.QueryFailed(FactTopic.Scopes, UnknownCause.Omitted);
                }
            }

            return;
        }

        a.MarkEvaluated(FindingKind.ScopeMissing);
        if (missing.Count > 0)
        {
            var isReadable = missing is [var only] && only.Equals(Management, StringComparison.OrdinalIgnoreCase) && CanReadAssets(a.Inspection);
            a.Add(AssessmentBuilder.New(FindingKind.ScopeMissing) with
            {
                Severity = isReadable ? Severity.Warning : Severity.Critical,
                Cause = isReadable ? FindingCause.ScopeNotListed : FindingCause.Usual,
                Details = new FindingDetails.Scopes(missing, Granted: Granted(a.Inspection)),
            });
        }

        CheckTargets(a, missing);
    }

    /// <summary>The required scopes that a valid token does not have; null: not known.</summary>
    public static IReadOnlyList<string>? Missing(TokenInspection inspection, TokenExpectation expectation) =>
        Granted(inspection) is { } granted ? [.. expectation.RequiredScopes.Except(granted, StringComparer.OrdinalIgnoreCase)] : null;

    /// <summary>The required scopes that are granted for other accounts only.</summary>
    public static IReadOnlyList<GranularScope> Narrowed(TokenInspection inspection, TokenExpectation expectation)
    {
        if (expectation.BusinessAccountId is not { } account || inspection.Debug?.Value is not { IsValid: true, GranularScopes: { } scopes })
        {
            return [];
        }

        // No target ids means all assets, the wider grant. An empty list is read as the same: whether the account can be read is
        // queried from the account itself.
        return
        [
            .. scopes
                .Where(scope => OfAccounts(expectation.RequiredScopes).Contains(scope.Scope, StringComparer.OrdinalIgnoreCase))
                .Where(scope => scope.TargetIds is { Count: > 0 } targets && !targets.Contains(account)),
        ];
    }

    // Reading these needs the management scope. Graph has been seen to list another scope in its place.
    private static bool CanReadAssets(TokenInspection i)
    {
        GraphAnswer[] answers = [.. new GraphAnswer?[] { i.BusinessAccount, i.PhoneNumber, i.PhoneNumberIds, i.SubscribedAppIds }.OfType<GraphAnswer>()];
        return i.BusinessAccount is not null && answers.All(answer => answer.Error is null);
    }

    // The targets of other scopes are portfolios, pages and catalogs, not WhatsApp accounts.
    private static IEnumerable<string> OfAccounts(IEnumerable<string> scopes) =>
        scopes.Where(scope => scope.StartsWith("whatsapp_business_", StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<string>? Granted(TokenInspection inspection)
    {
        if (inspection.Debug?.Value is not { } debug)
        {
            return inspection.ScopeGrants?.Value is { } grants ? [.. grants.Where(grant => grant.IsGranted).Select(grant => grant.Scope)] : null;
        }

        // Graph lists a granted scope twice; either list may be missing.
        return !debug.IsValid || (debug.Scopes is null && debug.GranularScopes is null)
            ? null
            : [.. (debug.Scopes ?? []).Union((debug.GranularScopes ?? []).Select(scope => scope.Scope), StringComparer.OrdinalIgnoreCase)];
    }

    private static void CheckTargets(AssessmentBuilder a, IReadOnlyList<string> missing)
    {
        var granted = OfAccounts(a.Expectation.RequiredScopes).Except(missing, StringComparer.OrdinalIgnoreCase);
        if (a.Expectation.BusinessAccountId is null
            || (a.Inspection.Debug?.Value?.GranularScopes is { } stated && !granted.Except(stated.Select(scope => scope.Scope), StringComparer.OrdinalIgnoreCase).Any()))
        {
            a.MarkEvaluated(FindingKind.ScopeNarrowed);
        }
        else
        {
            // Whether the account can be read is queried from the account itself.
            a.NotStated(FactTopic.ScopeTargets, UnknownCause.Omitted);
        }

        if (Narrowed(a.Inspection, a.Expectation) is { Count: > 0 } narrowed)
        {
            a.Add(AssessmentBuilder.New(FindingKind.ScopeNarrowed) with
            {
                Subject = FindingSubject.BusinessAccount(a.Expectation.BusinessAccountId!),
                Cause = a.CauseOfMissingRights(),
                Details = new FindingDetails.Scopes(
                    [.. narrowed.Select(scope => scope.Scope)], GrantedForIds: [.. narrowed.SelectMany(scope => scope.TargetIds!).Distinct()]),
            });
        }
    }
}
