using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>What the token may do, and for which account. Asked only of a token that lives: a dead one has no scopes to speak of.</summary>
internal static class ScopeRules
{
    /// <summary>What sending takes.</summary>
    public const string Messaging = "whatsapp_business_messaging";

    /// <summary>What reading and managing the account and its numbers takes.</summary>
    public const string Management = "whatsapp_business_management";

    /// <summary>What is not known where Graph does not say for which accounts the scopes are.</summary>
    public const string TargetsGap = "whether its scopes are for other accounts only";

    public static void Apply(AssessmentBuilder a)
    {
        if (Missing(a.Inspection, a.Expectation) is not { } missing)
        {
            if (a.Inspection.Debug?.Value is { IsValid: true } || a.Inspection.Me?.Value is not null)
            {
                a.CouldNotFindOut(
                    "the token's scopes",
                    a.Inspection.ScopeGrants?.Error?.ToString() ?? "Graph did not list them.");
            }

            return;
        }

        a.LookFor(FindingKind.ScopeMissing);
        if (missing.Count > 0)
        {
            a.Find(
                FindingKind.ScopeMissing,
                [string.Join(" and ", missing)],
                severity: null,
                ImpactOf(missing),
                new Evidence("Missing", string.Join(", ", missing)),
                new Evidence("Granted", Granted(a.Inspection) is { Count: > 0 } granted ? string.Join(", ", granted) : "none"));
        }

        CheckTargets(a, missing);
    }

    /// <summary>The required scopes that a living token has not; null where nobody knows.</summary>
    public static IReadOnlyList<string>? Missing(TokenInspection inspection, TokenExpectation expectation) =>
        Granted(inspection) is { } granted ? [.. expectation.RequiredScopes.Except(granted, StringComparer.OrdinalIgnoreCase)] : null;

    /// <summary>The required scopes that it has for other accounts only.</summary>
    public static IReadOnlyList<GranularScope> Narrowed(TokenInspection inspection, TokenExpectation expectation)
    {
        if (expectation.BusinessAccountId is not { } account || inspection.Debug?.Value is not { IsValid: true, GranularScopes: { } scopes })
        {
            return [];
        }

        // No targets named means all assets, the wider grant (graph-facts). An empty list is taken for the same: whether the
        // account can really be reached is asked of the account itself.
        return
        [
            .. scopes
                .Where(scope => OfAccounts(expectation.RequiredScopes).Contains(scope.Scope, StringComparer.OrdinalIgnoreCase))
                .Where(scope => scope.TargetIds is { Count: > 0 } targets && !targets.Contains(account)),
        ];
    }

    // Other scopes' targets are portfolios, pages, catalogs: none of them names an account.
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

    // Ten seconds at night are too short to work out which half of a general sentence applies.
    private static string? ImpactOf(IReadOnlyList<string> lacking)
    {
        if (lacking.Contains(Messaging, StringComparer.OrdinalIgnoreCase))
        {
            return "No WhatsApp message goes out: sending takes this scope.";
        }

        return lacking.SequenceEqual([Management], StringComparer.OrdinalIgnoreCase)
            ? "Messages may go out, but templates, numbers and the account are out of reach."
            : null;
    }

    private static void CheckTargets(AssessmentBuilder a, IReadOnlyList<string> missing)
    {
        var granted = OfAccounts(a.Expectation.RequiredScopes).Except(missing, StringComparer.OrdinalIgnoreCase);
        if (a.Expectation.BusinessAccountId is null
            || (a.Inspection.Debug?.Value?.GranularScopes is { } stated && !granted.Except(stated.Select(scope => scope.Scope), StringComparer.OrdinalIgnoreCase).Any()))
        {
            a.LookFor(FindingKind.ScopeNarrowed);
        }
        else
        {
            // Whether the account can be reached is asked of the account itself.
            a.NotStated(TargetsGap, "Graph did not list for which accounts they are.");
        }

        if (Narrowed(a.Inspection, a.Expectation) is { Count: > 0 } narrowed)
        {
            a.Find(
                FindingKind.ScopeNarrowed,
                [string.Join(" and ", narrowed.Select(scope => scope.Scope))],
                severity: null,
                ImpactOf([.. narrowed.Select(scope => scope.Scope)]),
                new Evidence("Business account", a.Expectation.BusinessAccountId!),
                new Evidence("Granted for", string.Join(", ", narrowed.SelectMany(scope => scope.TargetIds!).Distinct())));
            a.MendTheTokenFirst(FindingKind.ScopeNarrowed);
        }
    }
}
