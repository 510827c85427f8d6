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
        var present = WorstFirst(notice);
        var sections = Sections(notice, tokenName, present);
        var severity = SeverityOf(notice);
        return new AlertMessage
        {
            Kind = notice.Kind,
            Severity = severity,
            TokenName = tokenName,
            IncidentId = notice.IncidentId,
            Subject = Subject(notice, severity, sections),
            At = notice.At,
            Glance = Glance(notice, tokenName, severity, present, now),
            Sections = sections,
            Story = [.. Story(notice, present, now)],

            // What stands among the lead's evidence need not stand twice.
            Facts = [.. notice.Facts.Except(sections[0].Evidence)],
            Unknowns = notice.Unknowns,
            Links = [.. Links(notice, sections)],
            Origin = origin,
            Next = notice.NextAt is { } next
                ? $"If nothing changes you are reminded after {TimeText.Span(next - notice.At)}, at {TimeText.Moment(next)}."
                : "You hear of this token again when something changes.",
        };
    }

    /// <summary>A message that says it is only a test.</summary>
    public static AlertMessage Test(string origin, DateTimeOffset now)
    {
        var section = Plain(
            MonitorMessages.TestAlert,
            "This is a test. No token is broken.",
            "If you can read this, alerts about your WhatsApp tokens reach you here. If they should not, change the monitor's settings.");
        return new()
        {
            Kind = null,
            Subject = "Test: the WhatsApp token monitor reaches you",
            At = now,
            Glance = new AlertGlance("TEST", AlertTone.Neutral, "Alerts about WhatsApp tokens reach you here", "Nothing is broken."),
            Sections = [section],
            Links = [section.Runbook!],
            Origin = origin,
            Next = "The monitor speaks again when it finds something.",
        };
    }

    private static Finding[] WorstFirst(Notice notice) =>
    [
        .. from finding in notice.Present
           orderby finding.Severity descending, notice.Added.Exists(added => added.Kind == finding.Kind) descending
           select finding,
    ];

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
        return Shortening.Of($"{lead}: {sections[0].Title}", LongestSubject - more.Length) + more;
    }

    private static AlertGlance Glance(Notice notice, string tokenName, Severity? severity, Finding[] present, DateTimeOffset now)
    {
        var token = $"WhatsApp token \"{tokenName}\"";
        switch (notice.Kind)
        {
            case NoticeKind.Resolved when IsAccepted(notice):
                return new("RESOLVED", AlertTone.Good, $"What was found of \"{tokenName}\" is accepted now", "It may still be so.");
            case NoticeKind.Resolved:
                return new("RESOLVED", AlertTone.Good, $"{token} is healthy again", $"The trouble lasted {TimeText.Span(notice.At - notice.Since)}.");
            case NoticeKind.Blind or NoticeKind.BlindReminder when notice.IsLifeKnown:
                return new(
                    notice.Kind is NoticeKind.Blind ? "WARNING" : "WARNING, REMINDER",
                    AlertTone.Warning,
                    $"Not all of \"{tokenName}\" can be checked",
                    "Some trouble would go unnoticed.",
                    "Find out what the monitor lacks");
            case NoticeKind.Blind:
                return new("WARNING", AlertTone.Warning, $"Nobody knows whether \"{tokenName}\" works", "Trouble would go unnoticed.", "Find out what stops the monitor");
            case NoticeKind.BlindReminder:
                return new("WARNING, REMINDER", AlertTone.Warning, $"Still nobody knows whether \"{tokenName}\" works", "Trouble would go unnoticed.", "Find out what stops the monitor");
            case NoticeKind.SeesAgain:
                return new("RESOLVED", AlertTone.Good, $"The monitor sees {token} again", $"It could not for {TimeText.Span(notice.At - notice.Since)}.");
            case NoticeKind.NewTokenVerified:
                return new("VERIFIED", AlertTone.Good, $"{token} was replaced", "The new one is healthy.", "Do nothing, if one of you did it");
            case NoticeKind.ChannelFailing:
                return new("WARNING", AlertTone.Warning, $"{Alerts(notice)} get stuck", $"Somebody misses alerts about \"{tokenName}\".", "Mend the channel");
            default:
                var glance = present is [var lead, ..] ? FindingGlance.Of(lead, now) : new(" needs a look", "", "Look at it");
                return new(
                    Badge(notice.Kind, severity, present.Length),
                    severity is Severity.Critical ? AlertTone.Critical : AlertTone.Warning,
                    token + glance.What,
                    glance.Effect,
                    glance.Action);
        }
    }

    private static string Badge(NoticeKind kind, Severity? severity, int findings) => string.Join(
        ", ",
        (string[])
        [
            severity is Severity.Critical ? "CRITICAL" : "WARNING",
            .. kind switch
            {
                NoticeKind.Changed => ["CHANGED"],
                NoticeKind.Reminder => ["REMINDER"],
                _ => Array.Empty<string>(),
            },

            // A card and a small screen show the lead alone: that there is more stands where nobody can miss it.
            .. findings > 1 ? [$"{findings} FINDINGS"] : Array.Empty<string>(),
        ]);

    private static AlertSection[] Sections(Notice notice, string tokenName, Finding[] present)
    {
        var token = $"WhatsApp token \"{tokenName}\"";
        return notice.Kind switch
        {
            NoticeKind.Resolved when IsAccepted(notice) =>
            [
                Plain(
                    MonitorMessages.Resolved,
                    $"What was found of {token} is accepted now",
                    "It may still be so: the monitor's settings say to tell nobody of it (Ignore)."),
            ],
            NoticeKind.Resolved =>
            [
                Plain(
                    MonitorMessages.Resolved,
                    $"{token} is healthy again",
                    notice.Mended.Exists(finding => finding.Accepted) ? "Every check passes, but for what is accepted." : "Every check passes."),
            ],
            NoticeKind.Blind or NoticeKind.BlindReminder when notice.IsLifeKnown =>
            [
                Plain(
                    MonitorMessages.MonitorBlind,
                    $"The monitor cannot check all of {token}",
                    "It works as far as was seen; what is named below is not known.",
                    new RemedyStep("Run \"tokenmonitor doctor\": it says what is missing or refused, often AppId and AppSecretName, and what to do."),
                    new RemedyStep("Run \"tokenmonitor check\" to see whether the monitor sees all again.")),
            ],
            NoticeKind.Blind or NoticeKind.BlindReminder =>
            [
                Plain(
                    MonitorMessages.MonitorBlind,
                    $"The monitor cannot see whether {token} works",
                    "It may be well, and it may be dead: nobody would be told.",
                    new RemedyStep("Run \"tokenmonitor doctor\": it says which of store, identity and Meta does not answer, and what to do."),
                    new RemedyStep("If it is Meta, see Meta's status, and wait.", new Link("Meta's status", new Uri("https://metastatus.com"))),
                    new RemedyStep("Meanwhile, send yourself a message: that shows whether the token works."),
                    new RemedyStep("Run \"tokenmonitor check\" to see whether the monitor sees again.")),
            ],
            NoticeKind.SeesAgain =>
            [
                Plain(
                    MonitorMessages.MonitorSeesAgain,
                    $"The monitor sees {token} again",
                    "Whatever it finds from now on is told again."),
            ],
            NoticeKind.NewTokenVerified =>
            [
                Plain(
                    MonitorMessages.NewTokenVerified,
                    $"{token} was replaced, and the new one is healthy",
                    $"The token with the fingerprint {notice.NewFingerprint} passes every check.",
                    new RemedyStep(
                        "If nobody did it, somebody else can write where the token is kept: the store's log says who."),
                    new RemedyStep("See that what sends messages uses it: send yourself one."),
                    new RemedyStep(
                        "If the old one leaked, it must go. \"Revoke tokens\" may end the new one too: see first the runbook on rotating.",
                        new Link("the runbook on rotating", Runbook.SectionOf("rotating-a-token-without-a-gap")))),
            ],
            NoticeKind.ChannelFailing =>
            [
                Plain(
                    MonitorMessages.ChannelFailing,
                    $"{Alerts(notice)} about {token} do not get through",
                    $"It has been failing for {TimeText.Span(notice.At - notice.Since)}. What it is owed is sent as soon as it accepts again.",
                    new RemedyStep("Mend what is named below as the cause; \"tokenmonitor test-alert\" shows whether the channel works.")),
            ],
            _ => [.. present.Select((finding, index) => Section(finding, token, index == 0 ? null : present[0]))],
        };
    }

    private static AlertSection Section(Finding finding, string token, Finding? lead)
    {
        // Most findings end in "make a new token": whoever has done it for the first need not read it again for the second.
        var isMendedAbove = lead is not null && finding.Remedy.All(lead.Remedy.Contains);
        return new(finding.Id, finding.Severity, $"{token} {finding.Predicate}", finding.Impact, isMendedAbove ? [] : finding.Remedy, finding.Evidence)
        {
            IsEvidenceToActOn = finding.Kind is FindingKind.SendingBlocked or FindingKind.SendingLimited,
            InsteadOfSteps = isMendedAbove ? "The steps above mend this too." : null,
            Runbook = RunbookOf(finding.Id),
        };
    }

    // Since when, and what has happened since people last heard, in the words of the findings.
    private static IEnumerable<Evidence> Story(Notice notice, Finding[] present, DateTimeOffset now)
    {
        if (now - notice.At > Late)
        {
            yield return new("Late", $"Nobody here could be told when it happened, at {TimeText.Both(notice.At, now)}.");
        }

        switch (notice.Kind)
        {
            case NoticeKind.Opened:
                yield return new("Found", TimeText.Both(notice.Since, notice.At) + (notice.HealthySince is { } well ? $"; it had been well for {TimeText.Span(notice.Since - well)}" : ""));
                break;
            case NoticeKind.Changed or NoticeKind.Reminder or NoticeKind.Countdown or NoticeKind.BlindReminder:
                yield return new("Since", TimeText.Both(notice.Since, notice.At));
                yield return new("Told", notice.TimesToldBefore == 1 ? "once before" : $"{notice.TimesToldBefore} times before");
                break;
            case NoticeKind.Resolved or NoticeKind.SeesAgain:
                yield return new("Lasted", $"{TimeText.Span(notice.At - notice.Since)}, from {TimeText.Moment(notice.Since)} to {TimeText.Moment(notice.At)}");
                break;
            case NoticeKind.NewTokenVerified:
                yield return new("Verified", TimeText.Both(notice.At, now));
                break;
            case NoticeKind.Blind or NoticeKind.ChannelFailing:
                yield return new("Since", TimeText.Both(notice.Since, notice.At));
                break;
        }

        if (notice.Cause is { Length: > 0 } cause && notice.Kind is not NoticeKind.SeesAgain)
        {
            yield return new("Cause", cause);
        }

        foreach (var row in Changes(notice))
        {
            yield return row;
        }

        foreach (var finding in notice.Kind is NoticeKind.Changed ? [] : present.Skip(1))
        {
            yield return new("Also", $"it {finding.Predicate}");
        }

        if (notice.Kind is NoticeKind.Resolved && notice.NewFingerprint is { } fingerprint)
        {
            // A token that was dead before it was replaced does not live on.
            var isDead = notice.Mended.Concat(notice.Added).Any(finding => FindingCatalogue.IsDeath(finding.Kind));
            yield return new("New token", $"in place, with the fingerprint {fingerprint}{(isDead ? "" : "; the old one lives on, which does no harm unless it leaked")}");
        }
    }

    // Not healthy again: nobody mended it.
    private static bool IsAccepted(Notice notice) => !notice.Mended.IsEmpty && Gone(notice).All(finding => finding.Accepted);

    private static IEnumerable<Evidence> Changes(Notice notice)
    {
        var isChange = notice.Kind is NoticeKind.Changed;
        foreach (var finding in isChange ? notice.Added : [])
        {
            yield return new("New", $"it {finding.Predicate}");
        }

        foreach (var finding in Gone(notice))
        {
            // A death is told in the past; "Mended: it lacks the scope" would read as if it still did.
            yield return new(finding.Accepted ? "Accepted" : FindingCatalogue.IsDeath(finding.Kind) ? "Mended" : "No longer", $"it {finding.Predicate}");
        }

        foreach (var finding in isChange ? notice.Present.Where(present => !notice.Added.Exists(added => added.Kind == present.Kind)) : [])
        {
            yield return new("Remains", $"it {finding.Predicate}");
        }
    }

    // What was found and gone before anybody was told is named among what is gone.
    private static IEnumerable<Finding> Gone(Notice notice) => notice.Kind is NoticeKind.Resolved
        ? notice.Added.Where(added => !notice.Mended.Exists(mended => mended.Kind == added.Kind)).Concat(notice.Mended)
        : notice.Mended;

    private static IEnumerable<Link> Links(Notice notice, AlertSection[] sections)
    {
        if (!notice.Present.IsEmpty)
        {
            yield return RemedySteps.Debugger;
        }

        if (sections[0].Runbook is { } runbook)
        {
            yield return runbook;
        }
    }

    private static AlertSection Plain(string id, string title, string impact, params IReadOnlyList<RemedyStep> steps) =>
        new(Id: null, Severity: null, title, impact, steps, []) { Runbook = RunbookOf(id) };

    private static Link RunbookOf(string id) => new("Runbook", Runbook.SectionOf(id));

    // A state of before knows no channel by name; its cause does.
    private static string Alerts(Notice notice) => notice.Channel switch
    {
        null => "Alerts",
        "e-mail" => "Alerts by e-mail",
        var channel => $"Alerts in {channel}",
    };
}
