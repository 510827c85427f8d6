using System.Collections.Frozen;
using System.Globalization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;

namespace SafeCast.TokenMonitor.Tests.Incidents;

/// <summary>Consecutive checks of one token, each with the state of the previous one. Every pending notification is accepted in between.</summary>
internal sealed class IncidentScenario
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 3, 7, 0, TimeSpan.Zero);

    public IncidentSettings Settings { get; set; } = new() { Channels = ["email", "teams"] };

    public DateTimeOffset Now { get; private set; } = Start;

    public TokenState State { get; private set; } = TokenState.Empty;

    /// <summary>No channel accepts anything, so notifications stay pending.</summary>
    public bool NobodyAccepts { get; set; }

    /// <summary>What was planned at each check.</summary>
    public List<IncidentPlan> Plans { get; } = [];

    public IncidentPlan Check(TimeSpan after, Observation seen)
    {
        Now += after;
        var plan = IncidentPlanner.Plan(State, "production", seen, Now, Settings);
        Plans.Add(plan);
        State = NobodyAccepts ? plan.Next : plan.Next with { PendingNotifications = [] };
        return plan;
    }

    public Notification NotificationAfter(TimeSpan after, Observation seen) => Assert.Single(Check(after, seen).Next.PendingNotifications);

    public static TimeSpan Days(double days) => TimeSpan.FromDays(days);

    public static TimeSpan Hours(double hours) => TimeSpan.FromHours(hours);

    public static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    public static Finding Finding(FindingKind kind, Severity? severity = null, DateTimeOffset? deadline = null) => new()
    {
        Kind = kind,
        Severity = severity ?? FindingCatalogue.Of(kind).Severity,
        Deadline = deadline,
    };

    /// <summary>The check was complete, looked for everything, and saw these.</summary>
    public static Observation Sees(params Finding[] findings) => new(
        new TokenAssessment("production", [.. findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => FindingCatalogue.IndexOf(finding.Kind))], [])
        {
            Evaluated = Enum.GetValues<FindingKind>().ToFrozenSet(),
        },
        "aaaaaaaa");

    public static Observation Sees(params FindingKind[] kinds) => Sees([.. kinds.Select(kind => Finding(kind))]);

    public static Observation SeesNothingWrong(string fingerprint = "aaaaaaaa") => Sees(Array.Empty<Finding>()).WithToken(fingerprint);

    /// <summary>An unknown result.</summary>
    public static Observation SeesNothing(string why = "Graph answered 503.") => SeesNothingWrong().WithGap(why).LookingOnlyFor() with { Fingerprint = null };

    /// <summary>The plan in one line: reasons, notifications (+ added, - resolved, = present), and the findings of the incident.</summary>
    public static string Describe(IncidentPlan plan)
    {
        var reasons = string.Join(", ", plan.Reasons);
        var sent = string.Concat(plan.Next.PendingNotifications.Select(notification =>
            $": {notification.Kind}{Part('+', notification.Added)}{Part('-', notification.Resolved)}{Part('=', notification.Present)}{(notification.NewFingerprint is { } token ? $" new token {token}" : "")}"));
        var stored = plan.Next.Incident is { } incident
            ? $" [{string.Join(' ', incident.Findings.Select(one => Text(one.Finding) + (one.Step is { } step ? string.Create(CultureInfo.InvariantCulture, $"@{step}") : "")))}]"
            : "";
        return reasons + sent + stored;
    }

    private static string Part(char sign, IEnumerable<Finding> findings) => string.Concat(findings.Select(finding => $" {sign}{Text(finding)}"));

    private static string Text(Finding finding) => finding.Id + (finding.Severity is Severity.Critical ? "!" : "");
}

internal static class ObservationExtensions
{
    public static Observation WithToken(this Observation seen, string fingerprint) => seen with { Fingerprint = fingerprint };

    /// <summary>The inspection began so long after <see cref="IncidentScenario.Start"/>.</summary>
    public static Observation LookedAt(this Observation seen, TimeSpan after) => seen with { At = IncidentScenario.Start + after };

    /// <summary>The check was not complete.</summary>
    public static Observation WithGap(this Observation seen, string why = "Graph answered 503.") =>
        seen with
        {
            Assessment = seen.Assessment with { Unknowns = [.. seen.Assessment.Unknowns, new UnknownFact(FactTopic.Everything, UnknownReason.QueryFailed, UnknownCause.Error, why)] },
        };

    /// <summary>The facts could decide only these, and what was seen.</summary>
    public static Observation LookingOnlyFor(this Observation seen, params FindingKind[] kinds) =>
        seen with { Assessment = seen.Assessment with { Evaluated = kinds.Union(seen.Assessment.Findings.Select(finding => finding.Kind)).ToFrozenSet() } };

    /// <summary>The configuration accepts it.</summary>
    public static Observation Ignoring(this Observation seen, params FindingKind[] kinds) => seen with
    {
        Assessment = seen.Assessment with
        {
            Findings = [.. seen.Assessment.Findings.Select(finding => finding with { IsIgnored = kinds.Contains(finding.Kind) })],
        },
    };
}
