using System.Collections.Immutable;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Incidents;

/// <summary>
/// Decides what to tell whom, now. A pure function: what is remembered, what a check saw, the time and the settings give what is to be
/// remembered next, and what is owed is part of that. The rules are numbered as in the design.
/// </summary>
public static class IncidentPlanner
{
    // Hourly ticks jitter by minutes; without it a reminder due "after 24 hours" would come after 25.
    private static readonly TimeSpan Jitter = TimeSpan.FromMinutes(5);

    // Days before an end at which it is told again.
    private static readonly int[] CountdownSteps = [1, 3, 7, 14, 30];

    /// <summary>Plans one token's part of a check.</summary>
    public static IncidentPlan Plan(TokenMemory memory, string tokenName, Observation seen, DateTimeOffset now, IncidentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(settings);

        memory = ForgetChannels(memory, settings);
        if (IsOverruled(seen, memory.LastLook, now))
        {
            return new IncidentPlan(memory, [Decision.SeenLaterByAnother]);
        }

        var step = new Step(tokenName, seen, now, settings, memory);
        step.FollowIncident();
        step.FollowBlindness();
        step.FollowToken();
        return new IncidentPlan(step.Memory with { LastLook = LookOf(seen) ?? memory.LastLook }, step.Decisions is { Count: > 0 } decisions ? decisions : [Decision.NothingToTell]);
    }

    /// <summary>When people are told again of an incident if nothing changes.</summary>
    public static DateTimeOffset NextReminder(Incident incident, IncidentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(settings);
        return incident.ToldAt + Interval(incident.Severity, settings);
    }

    /// <summary>When people next hear of an incident if nothing changes: by a reminder, or because an end has come nearer.</summary>
    public static DateTimeOffset NextMessage(Incident incident, IncidentSettings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(incident);

        // Of a dead token nobody sees the ends that it had; the vault still tells its own.
        var isDead = incident.Findings.Exists(remembered => FindingCatalogue.IsInvalidating(remembered.Finding.Kind));
        var nearer =
            from remembered in incident.Findings
            where remembered.Finding.Deadline is not null && (!isDead || FindingCatalogue.Of(remembered.Finding.Kind).IsSeenWithoutToken)
            let days = CountdownSteps.LastOrDefault(days => days < (remembered.Step ?? int.MaxValue))
            where days > 0
            let at = remembered.Finding.Deadline!.Value - TimeSpan.FromDays(days)
            where at > now
            select at;
        return nearer.Append(NextReminder(incident, settings)).Min();
    }

    // Of two checks at the same time the one that began to look first may come to tell last: of a token that has been replaced since, or
    // of what a complete look has seen otherwise since. A look that lies ahead is from before a clock went back.
    private static bool IsOverruled(Observation seen, Look? later, DateTimeOffset now) =>
        later is not null && seen.At < later.At && later.At <= now + Outbox.Skew && (later.WasComplete || later.Fingerprint != seen.Fingerprint);

    // Who saw neither a token nor that there is none overrules nobody.
    private static Look? LookOf(Observation seen) =>
        seen.At is { } at && (seen.Fingerprint is not null || seen.Assessment.IsComplete) ? new Look(at, seen.Fingerprint, seen.Assessment.IsComplete) : null;

    private static TimeSpan Interval(Severity severity, IncidentSettings settings) =>
        severity is Severity.Critical ? settings.RemindEvery : settings.RemindOfWarningsEvery;

    // A channel that is no longer configured is owed nothing.
    private static TokenMemory ForgetChannels(TokenMemory memory, IncidentSettings settings) => memory with
    {
        Owed = [.. memory.Owed
            .Select(notice => notice with { OwedTo = notice.OwedTo.Intersect(settings.Channels) })
            .Where(notice => notice.OwedTo.Count > 0)],
        Failing = memory.Failing.RemoveRange(memory.Failing.Keys.Except(settings.Channels)),
    };

    private sealed class Step(string tokenName, Observation seen, DateTimeOffset now, IncidentSettings settings, TokenMemory memory)
    {
        private readonly TokenAssessment _assessment = seen.Assessment;

        public TokenMemory Memory { get; private set; } = memory;

        public List<Decision> Decisions { get; } = [];

        // Rules 1 to 3.
        public void FollowIncident()
        {
            var before = Memory.Incident;
            ImmutableList<Finding> found = [.. _assessment.Open];
            ImmutableList<RememberedFinding> mended = [.. (before?.Findings ?? []).Where(remembered => IsMended(remembered.Finding, found))];
            if (found.IsEmpty && !_assessment.IsComplete)
            {
                // An incident ends with a complete check, not before.
                mended = [];
            }

            ImmutableList<RememberedFinding> unseen =
            [
                .. (before?.Findings ?? []).Where(remembered =>
                    !mended.Contains(remembered) && !found.Exists(remembered.Finding.Kind) && !IsReplaced(remembered.Finding, found)),
            ];
            ImmutableList<RememberedFinding> present = [.. Ordered(found.Select(finding => Remember(finding, before)).Concat(unseen))];
            ImmutableList<Finding> added = [.. found.Where(finding => before?.Find(finding.Kind) is null)];

            if (before is null)
            {
                if (present.Count > 0)
                {
                    Open(present);
                }
            }
            else if (present.Count == 0)
            {
                Resolve(before, mended);
            }
            else
            {
                Continue(before, present, added, mended);
            }
        }

        // Rule 4.
        public void FollowBlindness()
        {
            if (_assessment.Verdict is Verdict.Unknown)
            {
                GrowBlind();
            }
            else if (Memory.Blindness is { ToldAt: null })
            {
                // "Three checks running" begins anew with the first that could find out something.
                Memory = Memory with { Blindness = null };
            }
            else if (Memory.Blindness is { } blindness && _assessment.IsComplete)
            {
                Memory = Memory with { Blindness = null };
                Tell(Decision.SeesAgain, BlindNotice(NoticeKind.SeesAgain, blindness, blindness.TimesTold, nextAt: null));
            }
        }

        // Rule 5.
        public void FollowToken()
        {
            // Healthy as far as was looked, while what was wrong was not looked for, is not healthy yet.
            if (_assessment.Verdict is not Verdict.Healthy || Memory.Incident is not null || seen.Fingerprint is not { } fingerprint)
            {
                return;
            }

            var replaced = Memory.Fingerprint is { } last && last != fingerprint;
            Memory = Memory with
            {
                Fingerprint = fingerprint,
                SystemUser = seen.SystemUser ?? (replaced ? null : Memory.SystemUser),
                HealthySince = Memory.HealthySince ?? now,
            };

            // What was just resolved by the new token has said so.
            if (replaced && !Decisions.Contains(Decision.IncidentResolved))
            {
                Tell(Decision.NewTokenVerified, Notice(NoticeKind.NewTokenVerified, IdFor("rotated"), now) with { NewFingerprint = fingerprint });
            }
        }

        // Gone is only what was looked for and not seen: a dead token's scopes are not mended.
        private bool IsMended(Finding remembered, ImmutableList<Finding> found) =>
            _assessment.Evaluated.Contains(remembered.Kind)
            && !found.Exists(remembered.Kind)
            && !IsReplaced(remembered, found);

        // By a death; an end that lies ahead is one of a token that lives, which mends the death before.
        private static bool IsReplaced(Finding remembered, ImmutableList<Finding> found) =>
            FindingCatalogue.IsAboutValidity(remembered.Kind)
            && found.Exists(finding => FindingCatalogue.IsInvalidating(finding.Kind));

        private RememberedFinding Remember(Finding finding, Incident? before)
        {
            var step = CountdownStep(finding);
            return before?.Find(finding.Kind) switch
            {
                null => new RememberedFinding(finding, now, step),

                // What changes at every check (a trace id, "in 12 days") is no reason to remember anew.
                { } known when known.Step == step && known.Finding.Severity == finding.Severity && known.Finding.Deadline == finding.Deadline && known.Finding.Cause == finding.Cause => known,
                { } known => new RememberedFinding(finding, known.Since, step),
            };
        }

        private int? CountdownStep(Finding finding) =>
            finding.Deadline is { } deadline && CountdownSteps.FirstOrDefault(days => deadline - now <= TimeSpan.FromDays(days)) is > 0 and var step ? step : null;

        private void Open(ImmutableList<RememberedFinding> present)
        {
            var incident = new Incident { Id = IdFor("incident"), OpenedAt = now, Fingerprint = seen.Fingerprint, Findings = present, ToldAt = now, TimesTold = 1 };
            var notice = NoticeOf(NoticeKind.Opened, incident, timesToldBefore: 0) with { Added = Plain(present), HealthySince = Memory.HealthySince };
            Memory = Memory with { Incident = incident, HealthySince = null };
            Tell(Decision.IncidentOpened, notice);
        }

        private void Resolve(Incident before, ImmutableList<RememberedFinding> mended)
        {
            Memory = Memory with { Incident = null };
            Tell(Decision.IncidentResolved, Notice(NoticeKind.Resolved, before.Id, before.OpenedAt) with
            {
                Mended = Gone(mended),
                TimesToldBefore = before.TimesTold,
                NewFingerprint = seen.Fingerprint is { } fingerprint && (Memory.Fingerprint ?? before.Fingerprint) is { } last && fingerprint != last ? fingerprint : null,
            });
        }

        private void Continue(Incident before, ImmutableList<RememberedFinding> present, ImmutableList<Finding> added, ImmutableList<RememberedFinding> mended)
        {
            // A clock that went back would put the next reminder off by as much.
            var incident = before with { Findings = present, ToldAt = before.ToldAt > now ? now : before.ToldAt };
            var worse = present.Any(remembered => before.Find(remembered.Finding.Kind) is { } known && remembered.Finding.Severity > known.Finding.Severity);
            var nearer = present.Any(remembered => before.Find(remembered.Finding.Kind) is { } known && remembered.Step is { } step && step < (known.Step ?? int.MaxValue));
            Decision[] reasons =
            [
                .. added.Count > 0 ? [Decision.FindingAdded] : Array.Empty<Decision>(),
                .. mended.Count > 0 ? [Decision.FindingMended] : Array.Empty<Decision>(),
                .. worse ? [Decision.FindingGotWorse] : Array.Empty<Decision>(),
                .. nearer ? [Decision.CountdownStep] : Array.Empty<Decision>(),
            ];
            if (reasons.Length == 0 && _assessment.Verdict is Verdict.Unknown && !_assessment.Open.Any())
            {
                // Nothing was seen, so there is nothing to say of it; the monitor's own blindness is told by rule 4.
                Memory = Memory with { Incident = incident };
                return;
            }

            if (reasons.Length == 0 && now < NextReminder(incident, settings) - Jitter)
            {
                Memory = Memory with { Incident = incident };
                Decisions.Add(Decision.ReminderNotDue);
                return;
            }

            var kind = reasons switch
            {
                [] => NoticeKind.Reminder,
                _ when added.Count > 0 || mended.Count > 0 || (worse && !nearer) => NoticeKind.Changed,
                _ => NoticeKind.Countdown,
            };
            incident = incident with { ToldAt = now, TimesTold = incident.TimesTold + 1 };
            Memory = Memory with { Incident = incident };
            var notice = NoticeOf(kind, incident, before.TimesTold) with { Added = added, Mended = Gone(mended) };
            Tell(reasons is [] ? [Decision.ReminderDue] : reasons, notice);
        }

        private void GrowBlind()
        {
            var blindness = Memory.Blindness ?? new Blindness { Since = now, Checks = 0 };
            blindness = blindness with
            {
                Checks = blindness.Checks + 1,
                Unknowns = [.. _assessment.FailedQueries],
                ToldAt = blindness.ToldAt > now ? now : blindness.ToldAt,
            };
            var (decision, kind) = blindness switch
            {
                { ToldAt: null } when blindness.Checks < settings.BlindAfter => (Decision.CouldNotFindOut, (NoticeKind?)null),
                { ToldAt: null } => (Decision.WentBlind, NoticeKind.Blind),
                { ToldAt: { } told } when now >= told + settings.RemindEvery - Jitter => (Decision.BlindReminderDue, NoticeKind.BlindReminder),
                _ => (Decision.BlindReminderNotDue, null),
            };
            if (kind is not { } due)
            {
                Memory = Memory with { Blindness = blindness };
                Decisions.Add(decision);
                return;
            }

            Memory = Memory with { Blindness = blindness with { ToldAt = now, TimesTold = blindness.TimesTold + 1 } };
            Tell(decision, BlindNotice(due, blindness, blindness.TimesTold, now + settings.RemindEvery));
        }

        private Notice BlindNotice(NoticeKind kind, Blindness blindness, int timesToldBefore, DateTimeOffset? nextAt) =>
            Notice(kind, Outbox.IncidentId(tokenName, "blind", blindness.Since), blindness.Since) with
            {
                TimesToldBefore = timesToldBefore,
                NextAt = nextAt,
                IsValidityKnown = _assessment.IsValidityKnown,
            };

        private Notice NoticeOf(NoticeKind kind, Incident incident, int timesToldBefore) => Notice(kind, incident.Id, incident.OpenedAt) with
        {
            Present = [.. incident.Findings.Select(remembered => _assessment.Open.FirstOrDefault(finding => finding.Kind == remembered.Finding.Kind) ?? remembered.Finding)],
            TimesToldBefore = timesToldBefore,
            NextAt = NextMessage(incident, settings, now),
        };

        private Notice Notice(NoticeKind kind, string incidentId, DateTimeOffset since) => new()
        {
            Kind = kind,
            IncidentId = incidentId,
            At = now,
            Since = since,
            OwedTo = [.. settings.Channels],
            Token = _assessment.Context,
            Unknowns = [.. _assessment.FailedQueries],
        };

        private void Tell(Decision decision, Notice notice) => Tell([decision], notice);

        private void Tell(IReadOnlyList<Decision> decisions, Notice notice)
        {
            Decisions.AddRange(decisions);
            Memory = Outbox.Add(Memory, notice);
        }

        private string IdFor(string what) => Outbox.IncidentId(tokenName, what, now);

        // What is accepted now is gone from what people are told, and not mended: the message says which.
        private ImmutableList<Finding> Gone(IEnumerable<RememberedFinding> mended) =>
            [.. mended.Select(one => _assessment.Findings.FirstOrDefault(finding => finding.IsIgnored && finding.Kind == one.Finding.Kind) ?? one.Finding)];

        private static ImmutableList<Finding> Plain(IEnumerable<RememberedFinding> remembered) => [.. remembered.Select(one => one.Finding)];

        private static IEnumerable<RememberedFinding> Ordered(IEnumerable<RememberedFinding> findings) =>
            findings.OrderByDescending(remembered => remembered.Finding.Severity).ThenBy(remembered => FindingCatalogue.IndexOf(remembered.Finding.Kind));
    }

    private static RememberedFinding? Find(this Incident incident, FindingKind kind) => incident.Findings.Find(remembered => remembered.Finding.Kind == kind);

    private static bool Exists(this ImmutableList<Finding> findings, FindingKind kind) => findings.Exists(finding => finding.Kind == kind);
}
