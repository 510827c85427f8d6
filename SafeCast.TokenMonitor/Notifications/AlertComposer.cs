using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>Turns a pending notification into a message: decides what stands in it and in which order. The words come from the wording. Pure.</summary>
internal sealed class AlertComposer(IAlertWording wording)
{
    /// <summary>The message for a notice.</summary>
    /// <param name="notice">What to report.</param>
    /// <param name="token">The token as it is now, for a notice that does not record it.</param>
    /// <param name="origin">Which monitor it is, and which store it reads.</param>
    /// <param name="now">When it is sent, UTC.</param>
    public AlertMessage Compose(Notice notice, TokenContext token, string origin, DateTimeOffset now)
    {
        token = notice.Token ?? token;
        var present = notice.MostSevereFirst;
        var lead = present is [var first, ..] ? wording.Describe(first, token, notice.At) : null;
        var words = wording.Describe(notice, token, lead);
        AlertSection[] sections = present.Count > 0
            ? [.. present.Select((finding, index) => Section(finding, token, notice.At, index == 0 ? null : present[0]))]
            : [Section(notice, token, words)];
        var facts = notice.Kind is NoticeKind.ChannelFailing ? [] : wording.FactsOf(token);
        return new AlertMessage
        {
            Kind = notice.Kind,
            Severity = notice.Severity,
            TokenName = token.TokenName,
            IncidentId = notice.IncidentId,
            Subject = words.Subject,
            At = notice.At,
            Glance = new AlertGlance(words.Badge, ToneOf(notice), words.Headline, words.Effect, sections[0].Steps.Count > 0 ? words.Action : null),
            Sections = sections,
            Story = wording.TimelineOf(notice, token, now),

            // What is among the first finding's evidence does not have to appear twice.
            Facts = [.. facts.Except(sections[0].Evidence)],
            Unknowns = [.. notice.Unknowns.Select(unknown => wording.Describe(unknown).Sentence)],
            Links = [.. present.Count > 0 ? [wording.Common.Debugger] : Array.Empty<Link>(), .. sections[0].Runbook is { } runbook ? [runbook] : Array.Empty<Link>()],
            Origin = origin,
            Next = words.Next,
            Common = wording.Common,
        };
    }

    /// <summary>A message that says that it is only a test.</summary>
    public AlertMessage Test(string origin, DateTimeOffset now)
    {
        var words = wording.Test;
        var section = Section(MonitorMessages.TestAlert, words, []);
        return new()
        {
            Kind = null,
            Subject = words.Subject,
            At = now,
            Glance = new AlertGlance(words.Badge, AlertTone.Neutral, words.Headline, words.Effect, words.Action),
            Sections = [section],
            Links = [section.Runbook!],
            Origin = origin,
            Next = words.Next,
            Common = wording.Common,
        };
    }

    private static AlertTone ToneOf(Notice notice) => notice switch
    {
        { Severity: Severity.Critical } => AlertTone.Critical,
        { Severity: Severity.Warning } => AlertTone.Warning,
        { Kind: NoticeKind.Resolved or NoticeKind.SeesAgain or NoticeKind.NewTokenVerified } => AlertTone.Good,
        _ => AlertTone.Warning,
    };

    private AlertSection Section(Finding finding, TokenContext token, DateTimeOffset at, Finding? lead)
    {
        var words = wording.Describe(finding, token, at);
        var steps = Remediation.Of(finding, token.IsInVault);

        // Most findings end with "generate a new token": who has done it for the first need not read it again for the second.
        var isFixedAbove = lead is not null && steps.All(Remediation.Of(lead, token.IsInVault).Contains);
        return new(
            finding.Id, finding.Severity, words.Title, words.Impact, isFixedAbove ? [] : [.. steps.Select(step => wording.Describe(step, token))], wording.EvidenceOf(finding, token))
        {
            Badge = wording.Common.Badge(finding.Severity),
            IsEvidenceToActOn = finding.Kind is FindingKind.SendingBlocked or FindingKind.SendingLimited,
            InsteadOfSteps = isFixedAbove ? wording.Common.FixedAbove : null,
            Runbook = RunbookOf(finding.Id),
        };
    }

    private AlertSection Section(Notice notice, TokenContext token, MessageText words)
    {
        var (id, steps) = notice.Kind switch
        {
            NoticeKind.Resolved => (MonitorMessages.Resolved, Array.Empty<StepKind>()),
            NoticeKind.Blind or NoticeKind.BlindReminder when notice.IsValidityKnown => (MonitorMessages.MonitorBlind, [StepKind.RunDoctorForMissing, StepKind.ConfirmCompleteCheck]),
            NoticeKind.Blind or NoticeKind.BlindReminder =>
                (MonitorMessages.MonitorBlind, [StepKind.RunDoctorForUnreachable, StepKind.CheckMetaStatus, StepKind.TestByMessage, StepKind.ConfirmCheck]),
            NoticeKind.SeesAgain => (MonitorMessages.MonitorSeesAgain, []),
            NoticeKind.NewTokenVerified => (MonitorMessages.NewTokenVerified, [StepKind.CheckStoreLog, StepKind.ConfirmTokenInUse, StepKind.RotateLeakedToken]),
            NoticeKind.ChannelFailing => (MonitorMessages.ChannelFailing, [StepKind.FixChannel]),
            _ => (MonitorMessages.Reminder, []),
        };
        return Section(id, words, [.. steps.Select(step => wording.Describe(new RemediationStep(step), token))]);
    }

    private AlertSection Section(string id, MessageText words, IReadOnlyList<StepText> steps) =>
        new(Id: null, Severity: null, words.Title, words.Impact, steps, []) { Runbook = RunbookOf(id) };

    private Link RunbookOf(string id) => new(wording.Common.Runbook, Runbook.SectionOf(id));
}
