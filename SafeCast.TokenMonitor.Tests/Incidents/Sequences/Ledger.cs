using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;

namespace SafeCast.TokenMonitor.Tests.Incidents.Sequences;

/// <summary>
/// Compares the messages that people received with the script. Knows the rules of the design, and not how the product implements them: what
/// a check with stored state observed must be sent to every channel, and each message covers a part of it.
/// </summary>
internal sealed class Ledger
{
    private static readonly TimeSpan Jitter = TimeSpan.FromMinutes(5);

    private readonly Dictionary<FindingKind, (Severity Severity, int? Step)> _known = [];
    private readonly Dictionary<string, Account> _accounts = new() { ["email"] = new(), ["teams"] = new() };
    private readonly Dictionary<string, SortedSet<DateTimeOffset>> _planned = [];
    private readonly List<Check> _checks = [];
    private string? _healthy;
    private int _unknownChecks;
    private bool _isOutageReported;

    public List<(Promise Promise, string Text)> Breaches { get; } = [];

    /// <summary>The stored state is lost: the monitor starts again, and may repeat alerts.</summary>
    public void Forget()
    {
        _known.Clear();
        (_healthy, _unknownChecks, _isOutageReported) = (null, 0, false);
        foreach (var account in _accounts.Values)
        {
            account.Debts.Clear();
            account.AllowRepeats();
        }
    }

    /// <summary>What was sent at each check.</summary>
    public IEnumerable<string> Timeline => _checks.SelectMany(check => check.Sent.Select(sent => $"{check.Number}. {check.Start:MM-dd HH:mm:ss}: {sent}"));

    public void Enter(Check check)
    {
        _checks.Add(check);

        // In the order in which the runs stored their observation.
        foreach (var (_, seen) in check.Runs
            .SelectMany(run => run.StoredAt.Select(moment => (Moment: moment, run.Seen)))
            .OrderBy(one => one.Moment))
        {
            Record(seen, check);
        }

        foreach (var _ in check.Runs.Where(run => run.IsTroubled))
        {
            foreach (var account in _accounts.Values)
            {
                account.AllowRepeats();
            }
        }

        foreach (var sent in check.Sent)
        {
            JudgeTruth(sent, check);
        }

        foreach (var (channel, account) in _accounts)
        {
            Settle(channel, account, check);
        }

        JudgeBlindness(check);
    }

    // What people are to hear of it.
    private void Record(Observation seen, Check check)
    {
        var debts = new List<Debt>();
        RecordFindings(seen, check, debts);
        RecordOutage(seen, check, debts);
        foreach (var account in _accounts.Values)
        {
            account.Debts.AddRange(debts);
        }
    }

    private void RecordFindings(Observation seen, Check check, List<Debt> debts)
    {
        var (assessment, found) = (seen.Assessment, seen.Assessment.Open.ToList());
        var isDeath = found.Exists(finding => FindingCatalogue.IsInvalidating(finding.Kind));
        var wasOpen = _known.Count > 0;
        if (found.Count > 0 || assessment.IsComplete)
        {
            foreach (var kind in _known.Keys.Where(kind => !found.Exists(finding => finding.Kind == kind)).ToList())
            {
                if (isDeath && FindingCatalogue.IsAboutValidity(kind))
                {
                    _known.Remove(kind);
                }
                else if (assessment.Evaluated.Contains(kind))
                {
                    _known.Remove(kind);
                    debts.Add(Gone(kind, check));
                }
            }
        }

        foreach (var finding in found)
        {
            var step = StepOf(finding, check.Start);
            if (!_known.TryGetValue(finding.Kind, out var known))
            {
                debts.Add(Present(finding, check));
            }
            else if (finding.Severity > known.Severity)
            {
                debts.Add(Present(finding, check) with { What = $"{finding.Id} is {finding.Severity} since check {check.Number}" });
            }
            else if (step < (known.Step ?? int.MaxValue))
            {
                debts.Add(Present(finding, check) with { What = $"{finding.Id} is {step} days off since check {check.Number}" });
            }

            _known[finding.Kind] = (finding.Severity, step);
        }

        if (wasOpen && _known.Count == 0)
        {
            debts.Add(new Debt(
                Promise.IsResolvedOnce,
                $"all is well since check {check.Number}",
                Topic.Incident,
                notification => notification.Kind is NotificationKind.Resolved && notification.At >= check.Start && notification.At <= check.End));
        }

        if (_known.Count == 0 && assessment.Verdict is Verdict.Healthy && seen.Fingerprint is { } fingerprint)
        {
            // If the new token resolved something, there is only that message.
            if (_healthy is not null && _healthy != fingerprint && !wasOpen)
            {
                debts.Add(new Debt(
                    Promise.IsReported,
                    $"there is a new token since check {check.Number}",
                    Topic.Token,
                    notification => notification.Kind is NotificationKind.NewTokenVerified && notification.At >= check.Start));
            }

            _healthy = fingerprint;
        }
    }

    private void RecordOutage(Observation seen, Check check, List<Debt> debts)
    {
        if (seen.Assessment.Verdict is Verdict.Unknown)
        {
            if (++_unknownChecks >= ScriptedRun.Settings.UnknownAfter && !_isOutageReported)
            {
                _isOutageReported = true;
                debts.Add(new Debt(
                    Promise.IsReported,
                    $"the monitor cannot check since check {check.Number}",
                    Topic.MonitoringOutage,
                    notification => notification.Kind is NotificationKind.MonitorDown or NotificationKind.MonitorDownReminder or NotificationKind.MonitorRecovered && notification.At >= check.Start));
            }
        }
        else if (!_isOutageReported)
        {
            _unknownChecks = 0;
        }
        else if (seen.Assessment.IsComplete)
        {
            (_unknownChecks, _isOutageReported) = (0, false);
            debts.Add(new Debt(
                Promise.IsReported,
                $"the monitor sees since check {check.Number}",
                Topic.MonitoringOutage,
                notification => notification.Kind is NotificationKind.MonitorRecovered && notification.At >= check.Start && notification.At <= check.End));
        }
    }

    // It may have become a warning, or been resolved, before a channel accepted an alert. Then that is sent.
    private Debt Present(Finding finding, Check check) => new(
        Promise.IsReported,
        $"{finding.Id} ({finding.Severity}) is there since check {check.Number}",
        Topic.Incident,
        notification => notification.At >= check.Start && (
            notification.Resolved.Exists(one => one.Kind == finding.Kind)
            || notification.Kind is NotificationKind.Resolved
            || notification.Present.Concat(notification.Added).Any(one =>
                (one.Kind == finding.Kind && (one.Severity >= finding.Severity || one.Severity >= SeverityNow(one.Kind)))
                || (FindingCatalogue.IsAboutValidity(finding.Kind) && FindingCatalogue.IsInvalidating(one.Kind)))));

    private Severity SeverityNow(FindingKind kind) => _known.TryGetValue(kind, out var known) ? known.Severity : Severity.Warning;

    private static Debt Gone(FindingKind kind, Check check) => new(
        Promise.IsReported,
        $"{FindingCatalogue.Of(kind).Id} is gone since check {check.Number}",
        Topic.Incident,
        notification => notification.At >= check.Start && (
            notification.Kind is NotificationKind.Resolved
            || notification.Resolved.Exists(one => one.Kind == kind)
            || notification.Present.Exists(one => one.Kind == kind)));

    private void Settle(string channel, Account account, Check check)
    {
        var before = account.Debts.ToList();
        var heard = new Dictionary<string, int>();
        foreach (var sent in check.Sent.Where(sent => sent.Channel == channel))
        {
            var notification = sent.Notification;
            var planned = _planned.TryGetValue(notification.IncidentId, out var times) ? times : _planned[notification.IncidentId] = [];
            var last = planned.GetViewBetween(DateTimeOffset.MinValue, notification.At - TimeSpan.FromTicks(1)) is { Count: > 0 } earlier ? earlier.Max : (DateTimeOffset?)null;
            planned.Add(notification.At);
            if (!sent.IsAccepted)
            {
                continue;
            }

            account.Debts.RemoveAll(debt => debt.IsPaidBy(notification));
            var topic = TopicOf(notification);
            var isRepeat = !account.Heard.Add((notification.IncidentId, notification.Kind, notification.At));
            var isReason = before.Exists(debt => debt.Topic == topic && debt.IsPaidBy(notification))
                || (notification.Kind is NotificationKind.Reminder or NotificationKind.MonitorDownReminder && last is { } previous && notification.At - previous >= Interval(notification) - Jitter)
                || notification.Kind is NotificationKind.ChannelFailing

                // An alert is sent although its state could not be stored; no further alert is due for it.
                || (check.IsTroubled && check.Planned(sent));
            heard[notification.IncidentId] = heard.GetValueOrDefault(notification.IncidentId) + 1;
            if ((isRepeat || heard[notification.IncidentId] > check.Runs.Count) ? !account.TakeRepeat(notification.IncidentId) : !isReason && !account.TakeRepeat(topic))
            {
                Breach(Promise.IsNotRepeated, check, $"without a reason, or for the second time, {sent}");
            }

            if (notification.Kind is NotificationKind.Resolved)
            {
                var count = account.Resolved[notification.IncidentId] = account.Resolved.GetValueOrDefault(notification.IncidentId) + 1;
                if (count > 1 + account.TroublesEver)
                {
                    Breach(Promise.IsResolvedOnce, check, $"resolved for the {count}. time: {sent}");
                }
            }
        }

        // A channel that accepted nothing gets the message later. After an interrupted run, the next check sends when the claim has ended.
        if (check.Refusing.Contains(channel) || check.IsTroubled)
        {
            return;
        }

        foreach (var debt in account.Debts)
        {
            Breach(debt.Promise, check, $"{channel} got no alert that {debt.What}");
        }

        account.Debts.Clear();
        if (check.Runs.Any(run => run.Seen.Assessment.IsComplete))
        {
            // Alerts whose state was not stored have been repeated by now, or never will be.
            account.ForgetRepeats();
        }
    }

    private void JudgeTruth(Sent sent, Check check)
    {
        var notification = sent.Notification;
        foreach (var finding in notification.Added.Concat(notification.Present).Concat(notification.Resolved))
        {
            if (!Seen.Any(seen => seen.Assessment.Open.Any(one => one.Kind == finding.Kind && one.Severity == finding.Severity)))
            {
                Breach(Promise.IsTrue, check, $"nobody ever saw {finding.Id} ({finding.Severity}): {sent}");
            }
        }

        foreach (var finding in notification.Resolved)
        {
            if (!Seen.Any(seen => seen.Assessment.Evaluated.Contains(finding.Kind) && seen.Assessment.Open.All(one => one.Kind != finding.Kind)))
            {
                Breach(Promise.IsTrue, check, $"nobody ever saw {finding.Id} gone: {sent}");
            }
        }

        var when = _checks.FindLast(one => one.Planned(sent));
        if (when is null)
        {
            Breach(Promise.IsTrue, check, $"due at no check: {sent}");
            return;
        }

        var isTrue = notification.Kind switch
        {
            // That they were three running is the debt's part; a run that planned twice counted twice.
            NotificationKind.MonitorDown or NotificationKind.MonitorDownReminder => _checks
                .Where(one => one.End >= notification.Since && one.Number <= when.Number)
                .SelectMany(one => one.Runs)
                .Where(run => run.Seen.Assessment.Verdict is Verdict.Unknown)
                .Sum(run => Math.Max(1, run.StoredAt.Count())) >= ScriptedRun.Settings.UnknownAfter,
            NotificationKind.MonitorRecovered => when.Runs.Any(run => run.Seen.Assessment.IsComplete),
            NotificationKind.NewTokenVerified => when.Runs.Any(run => run.Seen.Fingerprint == notification.NewFingerprint && run.Seen.Assessment.Verdict is Verdict.Healthy),
            NotificationKind.ChannelFailing => _checks.Sum(one => one.Runs.Count(run => run.Sent.Exists(given => !given.IsAccepted && notification.Channel == given.Channel))) >= 2,
            NotificationKind.Resolved => true,
            _ => notification.Present.Count > 0,
        };
        if (!isTrue)
        {
            Breach(Promise.IsTrue, check, $"not so at the check it speaks of: {sent}");
        }

        if (notification.Kind is NotificationKind.Resolved && !when.Runs.Any(run => run.Seen.Assessment.IsComplete && !run.Seen.Assessment.Open.Any()))
        {
            Breach(Promise.IsResolvedOnce, check, $"resolved at a check that did not see all well: {sent}");
        }
    }

    // Unknown neither opens nor resolves a token's incident, nor says anything of it.
    private void JudgeBlindness(Check check)
    {
        if (!check.IsBlind)
        {
            return;
        }

        if (check.IncidentBefore != check.IncidentAfter)
        {
            Breach(Promise.UnknownIsInconclusive, check, $"the incident was {check.IncidentBefore ?? "none"}, and is {check.IncidentAfter ?? "none"}");
        }

        foreach (var sent in check.Sent.Where(sent => check.Planned(sent) && TopicOf(sent.Notification) is Topic.Incident or Topic.Token))
        {
            Breach(Promise.UnknownIsInconclusive, check, sent.ToString());
        }
    }

    private IEnumerable<Observation> Seen => _checks.SelectMany(check => check.Runs).Select(run => run.Seen);

    private static TimeSpan Interval(Notification notification) =>
        notification.Kind is NotificationKind.MonitorDownReminder || notification.Present.Exists(finding => finding.Severity is Severity.Critical)
            ? ScriptedRun.Settings.RemindEvery
            : ScriptedRun.Settings.RemindOfWarningsEvery;

    private static int? StepOf(Finding finding, DateTimeOffset now) =>
        finding.Deadline is { } deadline ? new[] { 1, 3, 7, 14, 30 }.Where(days => deadline - now <= TimeSpan.FromDays(days)).Select(days => (int?)days).FirstOrDefault() : null;

    private static Topic TopicOf(Notification notification) => notification.Kind switch
    {
        NotificationKind.MonitorDown or NotificationKind.MonitorDownReminder or NotificationKind.MonitorRecovered => Topic.MonitoringOutage,
        NotificationKind.NewTokenVerified => Topic.Token,
        NotificationKind.ChannelFailing => Topic.Channel,
        _ => Topic.Incident,
    };

    private void Breach(Promise promise, Check check, string text) => Breaches.Add((promise, $"Check {check.Number}: {text}"));

    private enum Topic
    {
        Incident,
        MonitoringOutage,
        Token,
        Channel,
    }

    /// <summary>Something that became true at a check, and that people are to hear.</summary>
    private sealed record Debt(Promise Promise, string What, Topic Topic, Func<Notification, bool> IsPaidBy);

    /// <summary>What one channel has received and will still receive.</summary>
    private sealed class Account
    {
        private readonly Dictionary<object, int> _repeatsTaken = [];

        public List<Debt> Debts { get; } = [];

        public HashSet<(string, NotificationKind, DateTimeOffset)> Heard { get; } = [];

        public Dictionary<string, int> Resolved { get; } = [];

        /// <summary>
        /// One for every crash and every failure of the store since all went well and the channel accepted: of each incident's
        /// messages, and of what was forgotten on each topic.
        /// </summary>
        public int RepeatsAllowed { get; private set; }

        /// <summary>How many there ever were.</summary>
        public int TroublesEver { get; private set; }

        public void AllowRepeats() => (RepeatsAllowed, TroublesEver) = (RepeatsAllowed + 1, TroublesEver + 1);

        public void ForgetRepeats()
        {
            RepeatsAllowed = 0;
            _repeatsTaken.Clear();
        }

        public bool TakeRepeat(object of) => (_repeatsTaken[of] = _repeatsTaken.GetValueOrDefault(of) + 1) <= RepeatsAllowed;
    }
}
