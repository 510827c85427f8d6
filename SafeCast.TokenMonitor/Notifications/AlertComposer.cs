using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>From what is owed to what people are told. Pure.</summary>
internal static class AlertComposer
{
    // Lock screens and mail lists cut subjects; SendGrid and mail programs take more than anybody reads.
    private const int LongestSubject = 150;

    // A message that is sent so much later than what it tells says so.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    /// <summary>The message for a notice.</summary>
    /// <param name="notice">What to tell.</param>
    /// <param name="tokenName">Of which token.</param>
    /// <param name="origin">Which monitor is talking, and from which store it reads.</param>
    /// <param name="now">When it is sent, UTC.</param>
    public static AlertMessage Compose(Notice notice, string tokenName, string origin, DateTimeOffset now)
    {
        var sections = Sections(notice, tokenName);
        var severity = SeverityOf(notice);
        return new AlertMessage
        {
            Kind = notice.Kind,
            Severity = severity,
            TokenName = tokenName,
            IncidentId = notice.IncidentId,
            Subject = Subject(notice, severity, sections),
            At = notice.At,
            Sections = sections,
            Story = [.. Story(notice, now)],
            Facts = notice.Facts,
            Unknowns = notice.Unknowns,
            Origin = origin,
            Next = notice.NextAt is { } next
                ? $"If nothing changes you are reminded after {TimeText.Span(next - notice.At)}, at {TimeText.Moment(next)}."
                : "You hear of this token again when something changes.",
        };
    }

    /// <summary>A message that says it is only a test.</summary>
    public static AlertMessage Test(string origin, DateTimeOffset now) => new()
    {
        Kind = null,
        Subject = "Test: the WhatsApp token monitor reaches you",
        At = now,
        Sections =
        [
            Plain(
                "This is a test. No token is broken.",
                "If you can read this, alerts about your WhatsApp tokens reach you here.",
                new RemedyStep("Nothing to do. If an alert should not come here, change the monitor's settings.")),
        ],
        Origin = origin,
        Next = "The monitor speaks again when it finds something.",
    };

    private static Severity? SeverityOf(Notice notice) => notice.Kind switch
    {
        NoticeKind.Blind or NoticeKind.BlindReminder or NoticeKind.ChannelFailing => Severity.Warning,
        _ when notice.Present.IsEmpty => null,
        _ => notice.Present.Max(finding => finding.Severity),
    };

    private static string Subject(Notice notice, Severity? severity, AlertSection[] sections)
    {
        var lead = notice.Kind switch
        {
            NoticeKind.Resolved or NoticeKind.SeesAgain => "Resolved",
            NoticeKind.NewTokenVerified => "Verified",
            NoticeKind.Changed => $"{severity}, changed",
            NoticeKind.Reminder => $"{severity}, reminder",
            NoticeKind.BlindReminder => "Warning, reminder",
            _ => $"{severity}",
        };
        var others = notice.Present.IsEmpty ? 0 : sections.Length - 1;
        var more = others switch
        {
            0 => "",
            1 => " (and one more finding)",
            _ => $" (and {others} more findings)",
        };
        return Shortened($"{lead}: {sections[0].Title}", LongestSubject - more.Length) + more;
    }

    private static AlertSection[] Sections(Notice notice, string tokenName)
    {
        var token = $"WhatsApp token \"{tokenName}\"";
        return notice.Kind switch
        {
            NoticeKind.Resolved =>
            [
                Plain(
                    $"{token} is healthy again",
                    $"It was not for {TimeText.Span(notice.At - notice.Since)}, from {TimeText.Moment(notice.Since)} to {TimeText.Moment(notice.At)}."),
            ],
            NoticeKind.Blind or NoticeKind.BlindReminder =>
            [
                Plain(
                    $"The monitor cannot see whether {token} works",
                    $"It may be well, and it may be dead: nobody would be told. {notice.Cause}",
                    new RemedyStep("See whether what is named above is down, or refuses the monitor."),
                    new RemedyStep("Run \"tokenmonitor check\" to see whether the monitor sees again.")),
            ],
            NoticeKind.SeesAgain =>
            [
                Plain(
                    $"The monitor sees {token} again",
                    $"It could not for {TimeText.Span(notice.At - notice.Since)}, from {TimeText.Moment(notice.Since)} to {TimeText.Moment(notice.At)}."),
            ],
            NoticeKind.NewTokenVerified =>
            [
                Plain(
                    $"{token} was replaced, and the new one is healthy",
                    $"The token with the fingerprint {notice.NewFingerprint} passes every check.",
                    new RemedyStep("The old token lives on until somebody revokes it. If it was replaced because it leaked, revoke it now.", FindingCatalogue.BusinessSettings)),
            ],
            NoticeKind.ChannelFailing =>
            [
                Plain(
                    $"Alerts about {token} do not get through",
                    $"{notice.Cause} It has been failing for {TimeText.Span(notice.At - notice.Since)}. What it is owed is sent as soon as it accepts again.",
                    new RemedyStep("Mend that channel; \"tokenmonitor test-alert\" shows whether it works.")),
            ],
            _ =>
            [
                .. from finding in notice.Present
                   orderby finding.Severity descending, notice.Added.Exists(added => added.Kind == finding.Kind) descending
                   select new AlertSection(
                       finding.Id, finding.Severity, $"{token} {finding.Predicate}", finding.Impact, finding.Remedy, finding.Evidence),
            ],
        };
    }

    // What has happened since people last heard, in the words of the findings.
    private static IEnumerable<string> Story(Notice notice, DateTimeOffset now)
    {
        if (now - notice.At > Late)
        {
            yield return $"This message is late: nobody here could be told when it happened, at {TimeText.Moment(notice.At)}.";
        }

        if (notice.Kind is NoticeKind.Opened && notice.HealthySince is { } well)
        {
            yield return $"It had been well for {TimeText.Span(notice.Since - well)}, since {TimeText.Moment(well)}.";
        }

        if (notice.Kind is NoticeKind.Changed or NoticeKind.Reminder or NoticeKind.Countdown or NoticeKind.BlindReminder)
        {
            var times = notice.TimesToldBefore == 1 ? "once" : $"{notice.TimesToldBefore} times";
            yield return $"Since {TimeText.Moment(notice.Since)}, {TimeText.Span(notice.At - notice.Since)}; told {times} before.";
        }

        if (notice.Kind is NoticeKind.Changed)
        {
            foreach (var finding in notice.Added)
            {
                yield return $"New: it {finding.Predicate}.";
            }
        }

        foreach (var finding in notice.Kind is NoticeKind.Resolved
            ? notice.Added.Where(added => !notice.Mended.Exists(mended => mended.Kind == added.Kind)).Concat(notice.Mended)
            : notice.Mended)
        {
            yield return $"No longer: it {finding.Predicate}.";
        }

        if (notice.Kind is NoticeKind.Resolved && notice.NewFingerprint is { } fingerprint)
        {
            yield return $"A new token is in place, with the fingerprint {fingerprint}. The old one lives on until somebody revokes it.";
        }
    }

    private static AlertSection Plain(string title, string impact, params IReadOnlyList<RemedyStep> steps) => new(Id: null, Severity: null, title, impact, steps, []);

    private static string Shortened(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Never between the two halves of one character.
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end].TrimEnd() + "…";
    }
}
