using System.Globalization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Tests.Incidents.Years;

/// <summary>Compares the messages of a year with the script.</summary>
internal sealed class YearBook(YearScript script)
{
    private static readonly TimeSpan Jitter = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Reader> _readers = new() { ["email"] = new(), ["teams"] = new() };
    private readonly List<(string Channel, AlertMessage Message, bool IsAccepted)> _sent = [];
    private readonly Dictionary<DateTimeOffset, (HashSet<string> True, bool IsBlind)> _truth = [];
    private readonly HashSet<Trouble> _found = [];
    private HashSet<string> _remembered = [];
    private string? _healthy;
    private int _blind;
    private bool _isBlindTold;
    private int _checks;
    private int _unknownChecks;
    private int _mishaps;
    private int _needless;
    private int _longest;

    public List<string> Faults { get; } = [];

    public int Troubles => _found.Count;

    public void Enter(string channel, AlertMessage message, bool isAccepted) => _sent.Add((channel, message, isAccepted));

    /// <summary>A check is over.</summary>
    public void Close(int hour, TokenAssessment assessment, Mishap mishap)
    {
        _checks++;
        _mishaps += mishap is Mishap.None ? 0 : 1;
        var now = script.TimeOf(hour);
        var isUnknown = script.IsBlind(hour);
        _unknownChecks += isUnknown ? 1 : 0;
        var troubles = script.TroublesAt(hour);
        var seen = (isUnknown ? [] : troubles.FirstOrDefault(trouble => trouble.IsDeath) is { } death ? death.Ids : troubles.SelectMany(trouble => trouble.Ids)).ToHashSet();
        if (!seen.SetEquals(assessment.Open.Select(finding => finding.Id)))
        {
            Fault(hour, $"found {string.Join(", ", assessment.Open.Select(finding => finding.Id))} instead of {string.Join(", ", seen)}");
        }

        // Findings that an invalid token hides are not resolved.
        if (!isUnknown)
        {
            var isDead = troubles.Any(trouble => trouble.IsDeath);
            var hidden = isDead ? _remembered.Where(id => !FindingCatalogue.IsAboutValidity(FindingCatalogue.Find(id)!.Kind)) : [];
            seen.UnionWith(hidden);
            _truth[now] = (seen, false);
        }
        else
        {
            _truth[now] = (_remembered, true);
        }

        if (mishap is not (Mishap.StoreFailed or Mishap.DiedBefore))
        {
            Record(hour, now, seen, isUnknown, assessment);
        }

        foreach (var (channel, reader) in _readers)
        {
            if (mishap is not Mishap.None)
            {
                reader.RepeatsAllowed++;
                reader.Excuses++;
            }

            foreach (var pending in reader.PendingNotifications.Where(_ => !script.IsChannelDown(channel, hour)))
            {
                pending.Chances++;
            }

            foreach (var (_, message, _) in _sent.Where(sent => sent.Channel == channel && sent.IsAccepted))
            {
                Read(hour, channel, reader, message, isWritten: mishap is not Mishap.StoreFailed);
            }

            if (mishap is Mishap.None && !script.IsChannelDown(channel, hour))
            {
                Balance(hour, now, channel, reader, isUnknown, assessment);
            }
        }

        _sent.Clear();
    }

    public string Summary()
    {
        var kinds = _readers.Select(reader => string.Create(
            CultureInfo.InvariantCulture,
            $"{reader.Key}: {string.Join(", ", reader.Value.Kinds.OrderBy(kind => kind.Key).Select(kind => $"{kind.Value} {kind.Key}"))}; repeats allowed {reader.Value.RepeatsAllowed}, seen {reader.Value.Repeats}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_checks} checks ({_unknownChecks} unknown, {_mishaps} with a failing store or a crash), {_found.Count} problems, each alerted at the latest at check {_longest} of those at which its channel accepted, {_needless} without a reason\n{string.Join('\n', kinds)}");
    }

    private void Record(int hour, DateTimeOffset now, HashSet<string> seen, bool isUnknown, TokenAssessment assessment)
    {
        if (isUnknown)
        {
            if (++_blind >= 3 && !_isBlindTold)
            {
                _isBlindTold = true;
                Owe("blind", now);
            }

            return;
        }

        if (!_isBlindTold)
        {
            _blind = 0;
        }
        else if (assessment.IsComplete)
        {
            (_blind, _isBlindTold) = (0, false);
            Owe("sees again", now);
        }

        foreach (var id in seen.Except(_remembered))
        {
            Owe(id, now);
        }

        foreach (var trouble in script.TroublesAt(hour).Where(trouble => trouble.Ids.Any(seen.Contains)))
        {
            _found.Add(trouble);
        }

        var wasWell = _remembered.Count == 0;
        _remembered = seen;
        if (seen.Count == 0 && assessment.IsComplete)
        {
            if (!wasWell)
            {
                Owe("resolved", now);
            }
            else if (_healthy is not null && _healthy != script.FingerprintAt(hour))
            {
                Owe("new token", now);
            }

            _healthy = script.FingerprintAt(hour);
        }
    }

    private void Owe(string what, DateTimeOffset now)
    {
        foreach (var reader in _readers.Values)
        {
            reader.PendingNotifications.Add(new Owing(what, now));
        }
    }

    private void Read(int hour, string channel, Reader reader, AlertMessage message, bool isWritten)
    {
        var kind = message.Kind!.Value;
        reader.Kinds[kind] = reader.Kinds.GetValueOrDefault(kind) + 1;
        JudgeTruth(hour, channel, message);

        var ids = message.Sections.Select(section => section.Id).OfType<string>().ToHashSet();
        var resolved = message.Timeline.Where(row => row.Label is "Fixed").Select(row => row.Value).ToList();
        var paid = reader.PendingNotifications.Where(pending => pending.At <= message.At && pending.What switch
        {
            "blind" => message.Kind is NotificationKind.MonitorDown or NotificationKind.MonitorDownReminder or NotificationKind.MonitorRecovered,
            "sees again" => message.Kind is NotificationKind.MonitorRecovered && message.At == pending.At,
            "resolved" => message.Kind is NotificationKind.Resolved && message.At == pending.At,
            "new token" => message.Kind is NotificationKind.NewTokenVerified,
            var id => ids.Contains(id) || resolved.Exists(line => line.Contains(Words(id), StringComparison.Ordinal)) || (message.Kind is NotificationKind.Changed or NotificationKind.Opened && ids.Any(IsDeath)),
        }).ToList();
        _longest = paid.Select(pending => pending.Chances).Append(_longest).Max();
        reader.PendingNotifications.RemoveAll(paid.Contains);
        var isIncident = message.Kind is NotificationKind.Opened or NotificationKind.Changed or NotificationKind.Reminder or NotificationKind.Countdown or NotificationKind.Resolved;
        var isNews = message.Kind switch
        {
            NotificationKind.Opened or NotificationKind.Changed => !ids.SetEquals(reader.Believed),
            NotificationKind.Resolved => reader.Believed.Count > 0,
            NotificationKind.Countdown => StepAt(message.At) < (reader.Step ?? int.MaxValue),
            _ => false,
        };
        var interval = message.Severity is Severity.Warning && isIncident ? TimeSpan.FromDays(7) : TimeSpan.FromDays(1);
        var isReminder = message.Kind is NotificationKind.Reminder or NotificationKind.MonitorDownReminder
            && message.At - reader.LastNotifiedAt.GetValueOrDefault(message.IncidentId!) >= interval - Jitter;
        if (paid.Count == 0 && !isNews && !isReminder && message.Kind is not NotificationKind.ChannelFailing)
        {
            _needless++;
            reader.Repeats++;
            if ((reader.Excused[message.IncidentId!] = reader.Excused.GetValueOrDefault(message.IncidentId!) + 1) > reader.Excuses)
            {
                Fault(hour, $"{channel} got an unnecessary alert: {Describe(message)}");
            }
        }

        // An alert whose state was not stored is repeated, so it does not count as received.
        if (isIncident && isWritten)
        {
            reader.Believed = ids;
            reader.Step = ids.Contains("token-expires") ? StepAt(message.At) : null;
        }

        reader.LastNotifiedAt[message.IncidentId!] = message.At;
        reader.LastTold = isIncident ? message.At : reader.LastTold;
    }

    private void JudgeTruth(int hour, string channel, AlertMessage message)
    {
        if (!_truth.TryGetValue(message.At, out var then))
        {
            Fault(hour, $"{channel} got an alert about a check that did not run: {Describe(message)}");
            return;
        }

        var ids = message.Sections.Select(section => section.Id).OfType<string>();
        var isTrue = message.Kind switch
        {
            NotificationKind.Opened or NotificationKind.Changed or NotificationKind.Reminder or NotificationKind.Countdown => !then.IsBlind && ids.Any() && ids.All(then.True.Contains),
            NotificationKind.Resolved => !then.IsBlind && then.True.Count == 0,
            NotificationKind.MonitorDown or NotificationKind.MonitorDownReminder => then.IsBlind,
            NotificationKind.MonitorRecovered => !then.IsBlind,
            NotificationKind.NewTokenVerified => message.Sections[0].Impact.Contains(script.FingerprintAt(YearScript.HourOf(message.At)), StringComparison.Ordinal),
            _ => true,
        };
        if (!isTrue)
        {
            Fault(hour, $"false alarm on {channel}: {Describe(message)}; true was: {string.Join(", ", then.True)}{(then.IsBlind ? " (blind)" : "")}");
        }
    }

    // At a check at which all went well, a channel that accepts knows all there is to know.
    private void Balance(int hour, DateTimeOffset now, string channel, Reader reader, bool isUnknown, TokenAssessment assessment)
    {
        foreach (var pending in reader.PendingNotifications)
        {
            Fault(hour, $"{channel} got no alert: {pending.What}, due at {pending.At:u}");
        }

        reader.PendingNotifications.Clear();
        reader.Excuses = 0;
        reader.Excused.Clear();
        if (isUnknown || _remembered.Count == 0)
        {
            return;
        }

        if (!reader.Believed.SetEquals(_remembered))
        {
            Fault(hour, $"{channel} believes {string.Join(", ", reader.Believed)} where {string.Join(", ", _remembered)} is so");
            reader.Believed = [.. _remembered];
        }

        if (StepAt(now) is { } step && _remembered.Contains("token-expires") && reader.Step != step)
        {
            Fault(hour, $"{channel} heard last that the end is {reader.Step} days off, and it is {step}");
        }

        var interval = assessment.Verdict is Verdict.Broken ? TimeSpan.FromDays(1) : TimeSpan.FromDays(7);
        if (now - reader.LastTold > interval)
        {
            Fault(hour, $"{channel} was not reminded since {reader.LastTold:u}");
        }
    }

    private int? StepAt(DateTimeOffset at) => script.TroublesAt(YearScript.HourOf(at)).FirstOrDefault(trouble => trouble.Expiry is not null)?.Expiry is { } expiry
        ? new[] { 1, 3, 7, 14, 30 }.Where(days => expiry - at <= TimeSpan.FromDays(days)).Select(days => (int?)days).FirstOrDefault()
        : null;

    private static bool IsDeath(string id) => FindingCatalogue.IsInvalidating(FindingCatalogue.Find(id)!.Kind);

    private static string Words(string id) => EnglishWording.Instance.Describe(IncidentScenario.Finding(FindingCatalogue.Find(id)!.Kind), SafeCast.TokenMonitor.Tests.Notifications.Messages.Token, default).Noun;

    private static string Describe(AlertMessage message) => $"{message.Kind} of {message.IncidentId}, {message.At:u}: {message.Subject}";

    private void Fault(int hour, string text) => Faults.Add($"Hour {hour}, {script.TimeOf(hour):u}: {text}");

    private sealed class Owing(string what, DateTimeOffset at)
    {
        public string What => what;

        public DateTimeOffset At => at;

        /// <summary>At how many checks its channel accepted.</summary>
        public int Chances { get; set; }
    }

    private sealed class Reader
    {
        public List<Owing> PendingNotifications { get; } = [];

        public HashSet<string> Believed { get; set; } = [];

        /// <summary>When it last got an alert about each incident.</summary>
        public Dictionary<string, DateTimeOffset> LastNotifiedAt { get; } = [];

        /// <summary>When it last got an alert about any problem of the token.</summary>
        public DateTimeOffset LastTold { get; set; }

        public int? Step { get; set; }

        public Dictionary<NotificationKind, int> Kinds { get; } = [];

        /// <summary>One for every crash and every check at which the store failed.</summary>
        public int RepeatsAllowed { get; set; }

        public int Repeats { get; set; }

        /// <summary>Those of them since the last check at which all went well and it accepted.</summary>
        public int Excuses { get; set; }

        /// <summary>How many of those were taken, of each incident.</summary>
        public Dictionary<string, int> Excused { get; } = [];
    }
}
