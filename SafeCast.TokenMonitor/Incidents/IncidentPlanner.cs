using System.Collections.Immutable;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Incidents;

/// <summary>
/// Decides which notifications are due. A pure function: the stored state, the observation, the time and the settings determine the next
/// state, which contains the pending notifications. The rules are numbered as in the design.
/// </summary>
public static class IncidentPlanner
{
    // Hourly ticks jitter by minutes. Without a tolerance, a reminder that is due after 24 hours would be sent after 25.
    private static readonly TimeSpan Jitter = TimeSpan.FromMinutes(5);

    // The days before a deadline at which a countdown alert is sent.
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

    /// <summary>Gets the time of the next reminder of an incident if nothing changes.</summary>
    public static DateTimeOffset NextReminder(Incident incident, IncidentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(settings);
        return incident.LastNotifiedAt + Interval(incident.Severity, settings);
    }

    /// <summary>Gets the time of the next message about an incident if nothing changes: a reminder or a countdown step.</summary>
    public static DateTimeOffset NextMessage(Incident incident, IncidentSettings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(incident);

        // For an invalid token no token deadlines are known. The vault's expiration date still is.
        var isDead = incident.Findings.Exists(stored => FindingCatalogue.IsInvalidating(stored.Finding.Kind));
        var nearer =
            from stored in incident.Findings
            where stored.Finding.Deadline is not null && (!isDead || FindingCatalogue.Of(stored.Finding.Kind).IsSeenWithoutToken)
            let days = CountdownSteps.LastOrDefault(days => days < (stored.Step ?? int.MaxValue))
            where days > 0
            let at = stored.Finding.Deadline!.Value - TimeSpan.FromDays(days)
            where at > now
            select at;
        return nearer.Append(NextReminder(incident, settings)).Min();
    }

    // Of two concurrent checks, the one that started first may report last: about a token that has been replaced since, or with results
    // that a later complete check contradicts. An observation in the future dates from before the clock was set back.
    private static bool IsStale(Observation seen, ObservationStamp? later, DateTimeOffset now) =>
        later is not null && seen.At < later.At && later.At <= now + Outbox.Skew && (later.WasComplete || later.Fingerprint != seen.Fingerprint);

    // An observation that read no token, and did not find it missing, supersedes no other.
    private static ObservationStamp? StampOf(Observation seen) =>
        seen.At is { } at && (seen.Fingerprint is not null || seen.Assessment.IsComplete) ? new ObservationStamp(at, seen.Fingerprint, seen.Assessment.IsComplete) : null;

    private static TimeSpan Interval(Severity severity, IncidentSettings settings) =>
        severity is Severity.Critical ? settings.RemindEvery : settings.RemindOfWarningsEvery;

    // No notifications are pending for a channel that is no longer configured.
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
            ImmutableList<IncidentFinding> resolved = [.. (before?.Findings ?? []).Where(stored => IsResolved(stored.Finding, found))];
            if (found.IsEmpty && !_assessment.IsComplete)
            {
                // Only a complete check resolves an incident.
                resolved = [];
            }

            ImmutableList<IncidentFinding> unseen =
            [
                .. (before?.Findings ?? []).Where(stored =>
                    !resolved.Contains(stored) && !found.Exists(stored.Finding.Kind) && !IsReplaced(stored.Finding, found)),
            ];
            ImmutableList<IncidentFinding> present = [.. Ordered(found.Select(finding => Track(finding, before)).Concat(unseen))];
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
                // The count of consecutive unknown checks restarts after the first check with a result.
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
            // A healthy verdict is not enough while the finding of an open incident was not evaluated.
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

            // The resolved message already reports the new token.
            if (replaced && !Reasons.Contains(NotificationReason.IncidentResolved))
            {
                Tell(NotificationReason.NewTokenVerified, Notification(NotificationKind.NewTokenVerified, IdFor("rotated"), now) with { NewFingerprint = fingerprint });
            }
        }

        // A finding is resolved only if its kind was evaluated and not found: an invalid token's scopes are unknown, not fixed.
        private bool IsResolved(Finding stored, ImmutableList<Finding> found) =>
            _assessment.Evaluated.Contains(stored.Kind)
            && !found.Exists(stored.Kind)
            && !IsReplaced(stored, found);

        // Replaced by an invalidating finding. A finding about expiry requires a valid token, so it resolves an earlier invalidating
        // finding.
        private static bool IsReplaced(Finding stored, ImmutableList<Finding> found) =>
            FindingCatalogue.IsAboutValidity(stored.Kind)
            && found.Exists(finding => FindingCatalogue.IsInvalidating(finding.Kind));

        private IncidentFinding Track(Finding finding, Incident? before)
        {
            var step = CountdownStep(finding);
            return before?.Find(finding.Kind) switch
            {
                null => new IncidentFinding(finding, now, step),

                // Values that change at every check, such as a trace id or "in 12 days", do not update the stored finding.
                { } known when known.Step == step && known.Finding.Severity == finding.Severity && known.Finding.Deadline == finding.Deadline && known.Finding.Cause == finding.Cause => known,
                { } known => new IncidentFinding(finding, known.Since, step),
            };
        }

        private int? CountdownStep(Finding finding) =>
            finding.Deadline is { } deadline && CountdownSteps.FirstOrDefault(days => deadline - now <= TimeSpan.FromDays(days)) is > 0 and var step ? step : null;

        private void Open(ImmutableList<IncidentFinding> present)
        {
            var incident = new Incident { Id = IdFor("incident"), OpenedAt = now, Fingerprint = seen.Fingerprint, Findings = present, LastNotifiedAt = now, AlertsSent = 1 };
            var notification = NotificationOf(NotificationKind.Opened, incident, alertsSentBefore: 0) with { Added = Plain(present), HealthySince = State.HealthySince };
            State = State with { Incident = incident, HealthySince = null };
            Tell(NotificationReason.IncidentOpened, notification);
        }

        private void Resolve(Incident before, ImmutableList<IncidentFinding> resolved)
        {
            State = State with { Incident = null };
            Tell(NotificationReason.IncidentResolved, Notification(NotificationKind.Resolved, before.Id, before.OpenedAt) with
            {
                Resolved = Gone(resolved),
                AlertsSentBefore = before.AlertsSent,
                NewFingerprint = seen.Fingerprint is { } fingerprint && (State.Fingerprint ?? before.Fingerprint) is { } last && fingerprint != last ? fingerprint : null,
            });
        }

        private void Continue(Incident before, ImmutableList<IncidentFinding> present, ImmutableList<Finding> added, ImmutableList<IncidentFinding> resolved)
        {
            // If the clock was set back, a later timestamp would delay the next reminder by the difference.
            var incident = before with { Findings = present, LastNotifiedAt = before.LastNotifiedAt > now ? now : before.LastNotifiedAt };
            var worse = present.Any(stored => before.Find(stored.Finding.Kind) is { } known && stored.Finding.Severity > known.Finding.Severity);
            var nearer = present.Any(stored => before.Find(stored.Finding.Kind) is { } known && stored.Step is { } step && step < (known.Step ?? int.MaxValue));
            NotificationReason[] reasons =
            [
                .. added.Count > 0 ? [NotificationReason.FindingAdded] : Array.Empty<NotificationReason>(),
                .. resolved.Count > 0 ? [NotificationReason.FindingResolved] : Array.Empty<NotificationReason>(),
                .. worse ? [NotificationReason.FindingEscalated] : Array.Empty<NotificationReason>(),
                .. nearer ? [NotificationReason.CountdownStep] : Array.Empty<NotificationReason>(),
            ];
            if (reasons.Length == 0 && _assessment.Verdict is Verdict.Unknown && !_assessment.Open.Any())
            {
                // Nothing was observed, so there is nothing to report. Rule 4 reports that the monitor cannot check.
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
                { LastNotifiedAt: { } last } when now >= last + settings.RemindEvery - Jitter => (NotificationReason.MonitorDownReminderDue, NotificationKind.MonitorDownReminder),
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
            Present = [.. incident.Findings.Select(stored => _assessment.Open.FirstOrDefault(finding => finding.Kind == stored.Finding.Kind) ?? stored.Finding)],
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

        // A finding that the configuration now ignores is gone but not fixed. The message states which.
        private ImmutableList<Finding> Gone(IEnumerable<IncidentFinding> resolved) =>
            [.. resolved.Select(one => _assessment.Findings.FirstOrDefault(finding => finding.IsIgnored && finding.Kind == one.Finding.Kind) ?? one.Finding)];

        private static ImmutableList<Finding> Plain(IEnumerable<IncidentFinding> stored) => [.. stored.Select(one => one.Finding)];

        private static IEnumerable<IncidentFinding> Ordered(IEnumerable<IncidentFinding> findings) =>
            findings.OrderByDescending(stored => stored.Finding.Severity).ThenBy(stored => FindingCatalogue.IndexOf(stored.Finding.Kind));
    }

    private static IncidentFinding? Find(this Incident incident, FindingKind kind) => incident.Findings.Find(stored => stored.Finding.Kind == kind);

    private static bool Exists(this ImmutableList<Finding> findings, FindingKind kind) => findings.Exists(finding => finding.Kind == kind);
}
