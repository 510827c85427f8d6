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
    public static IncidentPlan Plan(TokenState state, string tokenName, Observation seen, DateTimeOffset now, IncidentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(settings);

        state = ForgetChannels(state, settings);
        if (IsStale(seen, state.LastObservation, now))
        {
            return new IncidentPlan(state, [NotificationReason.StaleObservation]);
        }

        var step = new Step(tokenName, seen, now, settings, state);
        step.FollowIncident();
        step.FollowOutage();
        step.FollowToken();
        return new IncidentPlan(step.State with { LastObservation = StampOf(seen) ?? state.LastObservation }, step.Reasons is { Count: > 0 } reasons ? reasons : [NotificationReason.NothingToReport]);
    }

    /// <summary>When people are told again of an incident if nothing changes.</summary>
    public static DateTimeOffset NextReminder(Incident incident, IncidentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(settings);
        return incident.LastNotifiedAt + Interval(incident.Severity, settings);
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
    private static bool IsStale(Observation seen, ObservationStamp? later, DateTimeOffset now) =>
        later is not null && seen.At < later.At && later.At <= now + Outbox.Skew && (later.WasComplete || later.Fingerprint != seen.Fingerprint);

    // Who saw neither a token nor that there is none overrules nobody.
    private static ObservationStamp? StampOf(Observation seen) =>
        seen.At is { } at && (seen.Fingerprint is not null || seen.Assessment.IsComplete) ? new ObservationStamp(at, seen.Fingerprint, seen.Assessment.IsComplete) : null;

    private static TimeSpan Interval(Severity severity, IncidentSettings settings) =>
        severity is Severity.Critical ? settings.RemindEvery : settings.RemindOfWarningsEvery;

    // A channel that is no longer configured is owed nothing.
    private static TokenState ForgetChannels(TokenState state, IncidentSettings settings) => state with
    {
        PendingNotifications = [.. state.PendingNotifications
            .Select(notification => notification with { PendingChannels = notification.PendingChannels.Intersect(settings.Channels) })
            .Where(notification => notification.PendingChannels.Count > 0)],
        Failing = state.Failing.RemoveRange(state.Failing.Keys.Except(settings.Channels)),
    };

    private sealed class Step(string tokenName, Observation seen, DateTimeOffset now, IncidentSettings settings, TokenState state)
    {
        private readonly TokenAssessment _assessment = seen.Assessment;

        public TokenState State { get; private set; } = state;

        public List<NotificationReason> Reasons { get; } = [];

        // Rules 1 to 3.
        public void FollowIncident()
        {
            var before = State.Incident;
            ImmutableList<Finding> found = [.. _assessment.Open];
            ImmutableList<RememberedFinding> resolved = [.. (before?.Findings ?? []).Where(remembered => IsResolved(remembered.Finding, found))];
            if (found.IsEmpty && !_assessment.IsComplete)
            {
                // An incident ends with a complete check, not before.
                resolved = [];
            }

            ImmutableList<RememberedFinding> unseen =
            [
                .. (before?.Findings ?? []).Where(remembered =>
                    !resolved.Contains(remembered) && !found.Exists(remembered.Finding.Kind) && !IsReplaced(remembered.Finding, found)),
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
                Resolve(before, resolved);
            }
            else
            {
                Continue(before, present, added, resolved);
            }
        }

        // Rule 4.
        public void FollowOutage()
        {
            if (_assessment.Verdict is Verdict.Unknown)
            {
                ContinueOutage();
            }
            else if (State.MonitoringOutage is { LastNotifiedAt: null })
            {
                // "Three checks running" begins anew with the first that could find out something.
                State = State with { MonitoringOutage = null };
            }
            else if (State.MonitoringOutage is { } outage && _assessment.IsComplete)
            {
                State = State with { MonitoringOutage = null };
                Tell(NotificationReason.MonitorRecovered, OutageNotification(NotificationKind.MonitorRecovered, outage, outage.AlertsSent, nextAt: null));
            }
        }

        // Rule 5.
        public void FollowToken()
        {
            // Healthy as far as was looked, while what was wrong was not looked for, is not healthy yet.
            if (_assessment.Verdict is not Verdict.Healthy || State.Incident is not null || seen.Fingerprint is not { } fingerprint)
            {
                return;
            }

            var replaced = State.Fingerprint is { } last && last != fingerprint;
            State = State with
            {
                Fingerprint = fingerprint,
                SystemUser = seen.SystemUser ?? (replaced ? null : State.SystemUser),
                HealthySince = State.HealthySince ?? now,
            };

            // What was just resolved by the new token has said so.
            if (replaced && !Reasons.Contains(NotificationReason.IncidentResolved))
            {
                Tell(NotificationReason.NewTokenVerified, Notification(NotificationKind.NewTokenVerified, IdFor("rotated"), now) with { NewFingerprint = fingerprint });
            }
        }

        // Gone is only what was looked for and not seen: a dead token's scopes are not mended.
        private bool IsResolved(Finding remembered, ImmutableList<Finding> found) =>
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
            var incident = new Incident { Id = IdFor("incident"), OpenedAt = now, Fingerprint = seen.Fingerprint, Findings = present, LastNotifiedAt = now, AlertsSent = 1 };
            var notification = NotificationOf(NotificationKind.Opened, incident, alertsSentBefore: 0) with { Added = Plain(present), HealthySince = State.HealthySince };
            State = State with { Incident = incident, HealthySince = null };
            Tell(NotificationReason.IncidentOpened, notification);
        }

        private void Resolve(Incident before, ImmutableList<RememberedFinding> resolved)
        {
            State = State with { Incident = null };
            Tell(NotificationReason.IncidentResolved, Notification(NotificationKind.Resolved, before.Id, before.OpenedAt) with
            {
                Resolved = Gone(resolved),
                AlertsSentBefore = before.AlertsSent,
                NewFingerprint = seen.Fingerprint is { } fingerprint && (State.Fingerprint ?? before.Fingerprint) is { } last && fingerprint != last ? fingerprint : null,
            });
        }

        private void Continue(Incident before, ImmutableList<RememberedFinding> present, ImmutableList<Finding> added, ImmutableList<RememberedFinding> resolved)
        {
            // A clock that went back would put the next reminder off by as much.
            var incident = before with { Findings = present, LastNotifiedAt = before.LastNotifiedAt > now ? now : before.LastNotifiedAt };
            var worse = present.Any(remembered => before.Find(remembered.Finding.Kind) is { } known && remembered.Finding.Severity > known.Finding.Severity);
            var nearer = present.Any(remembered => before.Find(remembered.Finding.Kind) is { } known && remembered.Step is { } step && step < (known.Step ?? int.MaxValue));
            NotificationReason[] reasons =
            [
                .. added.Count > 0 ? [NotificationReason.FindingAdded] : Array.Empty<NotificationReason>(),
                .. resolved.Count > 0 ? [NotificationReason.FindingResolved] : Array.Empty<NotificationReason>(),
                .. worse ? [NotificationReason.FindingEscalated] : Array.Empty<NotificationReason>(),
                .. nearer ? [NotificationReason.CountdownStep] : Array.Empty<NotificationReason>(),
            ];
            if (reasons.Length == 0 && _assessment.Verdict is Verdict.Unknown && !_assessment.Open.Any())
            {
                // Nothing was seen, so there is nothing to say of it; the monitor's own blindness is told by rule 4.
                State = State with { Incident = incident };
                return;
            }

            if (reasons.Length == 0 && now < NextReminder(incident, settings) - Jitter)
            {
                State = State with { Incident = incident };
                Reasons.Add(NotificationReason.ReminderNotDue);
                return;
            }

            var kind = reasons switch
            {
                [] => NotificationKind.Reminder,
                _ when added.Count > 0 || resolved.Count > 0 || (worse && !nearer) => NotificationKind.Changed,
                _ => NotificationKind.Countdown,
            };
            incident = incident with { LastNotifiedAt = now, AlertsSent = incident.AlertsSent + 1 };
            State = State with { Incident = incident };
            var notification = NotificationOf(kind, incident, before.AlertsSent) with { Added = added, Resolved = Gone(resolved) };
            Tell(reasons is [] ? [NotificationReason.ReminderDue] : reasons, notification);
        }

        private void ContinueOutage()
        {
            var outage = State.MonitoringOutage ?? new MonitoringOutage { Since = now, Checks = 0 };
            outage = outage with
            {
                Checks = outage.Checks + 1,
                Unknowns = [.. _assessment.FailedQueries],
                LastNotifiedAt = outage.LastNotifiedAt > now ? now : outage.LastNotifiedAt,
            };
            var (reason, kind) = outage switch
            {
                { LastNotifiedAt: null } when outage.Checks < settings.UnknownAfter => (NotificationReason.Unknown, (NotificationKind?)null),
                { LastNotifiedAt: null } => (NotificationReason.MonitorDown, NotificationKind.MonitorDown),
                { LastNotifiedAt: { } told } when now >= told + settings.RemindEvery - Jitter => (NotificationReason.MonitorDownReminderDue, NotificationKind.MonitorDownReminder),
                _ => (NotificationReason.MonitorDownReminderNotDue, null),
            };
            if (kind is not { } due)
            {
                State = State with { MonitoringOutage = outage };
                Reasons.Add(reason);
                return;
            }

            State = State with { MonitoringOutage = outage with { LastNotifiedAt = now, AlertsSent = outage.AlertsSent + 1 } };
            Tell(reason, OutageNotification(due, outage, outage.AlertsSent, now + settings.RemindEvery));
        }

        private Notification OutageNotification(NotificationKind kind, MonitoringOutage outage, int alertsSentBefore, DateTimeOffset? nextAt) =>
            Notification(kind, Outbox.IncidentId(tokenName, "monitoring", outage.Since), outage.Since) with
            {
                AlertsSentBefore = alertsSentBefore,
                NextAt = nextAt,
                IsValidityKnown = _assessment.IsValidityKnown,
            };

        private Notification NotificationOf(NotificationKind kind, Incident incident, int alertsSentBefore) => Notification(kind, incident.Id, incident.OpenedAt) with
        {
            Present = [.. incident.Findings.Select(remembered => _assessment.Open.FirstOrDefault(finding => finding.Kind == remembered.Finding.Kind) ?? remembered.Finding)],
            AlertsSentBefore = alertsSentBefore,
            NextAt = NextMessage(incident, settings, now),
        };

        private Notification Notification(NotificationKind kind, string incidentId, DateTimeOffset since) => new()
        {
            Kind = kind,
            IncidentId = incidentId,
            At = now,
            Since = since,
            PendingChannels = [.. settings.Channels],
            Token = _assessment.Context,
            Unknowns = [.. _assessment.FailedQueries],
        };

        private void Tell(NotificationReason reason, Notification notification) => Tell([reason], notification);

        private void Tell(IReadOnlyList<NotificationReason> reasons, Notification notification)
        {
            Reasons.AddRange(reasons);
            State = Outbox.Add(State, notification);
        }

        private string IdFor(string what) => Outbox.IncidentId(tokenName, what, now);

        // What is accepted now is gone from what people are told, and not mended: the message says which.
        private ImmutableList<Finding> Gone(IEnumerable<RememberedFinding> resolved) =>
            [.. resolved.Select(one => _assessment.Findings.FirstOrDefault(finding => finding.IsIgnored && finding.Kind == one.Finding.Kind) ?? one.Finding)];

        private static ImmutableList<Finding> Plain(IEnumerable<RememberedFinding> remembered) => [.. remembered.Select(one => one.Finding)];

        private static IEnumerable<RememberedFinding> Ordered(IEnumerable<RememberedFinding> findings) =>
            findings.OrderByDescending(remembered => remembered.Finding.Severity).ThenBy(remembered => FindingCatalogue.IndexOf(remembered.Finding.Kind));
    }

    private static RememberedFinding? Find(this Incident incident, FindingKind kind) => incident.Findings.Find(remembered => remembered.Finding.Kind == kind);

    private static bool Exists(this ImmutableList<Finding> findings, FindingKind kind) => findings.Exists(finding => finding.Kind == kind);
}
