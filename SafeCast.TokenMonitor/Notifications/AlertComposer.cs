using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>Turns a notification into a message: decides its content and order. The words come from the wording. A pure function.</summary>
internal sealed class AlertComposer(IAlertWording wording)
{
    /// <summary>Composes the message of a notification.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="token">The current context of the token, for a notification without one.</param>
    /// <param name="origin">The monitor and its secret store.</param>
    /// <param name="now">The current time, UTC.</param>
    public AlertMessage Compose(Notification notification, TokenContext token, string origin, DateTimeOffset now)
    {
        token = notification.Token ?? token;
        var present = notification.MostSevereFirst;
        var lead = present is [var first, ..] ? wording.Describe(first, token, notification.At) : null;
        var words = wording.Describe(notification, token, lead);
        AlertSection[] sections = present.Count > 0
            ? [.. present.Select((finding, index) => Section(finding, token, notification.At, index == 0 ? null : present[0]))]
            : [Section(notification, token, words)];
        var facts = notification.Kind is NotificationKind.ChannelFailing ? [] : wording.FactsOf(token);
        return new AlertMessage
        {
            Kind = notification.Kind,
            Severity = notification.Severity,
            TokenName = token.TokenName,
            IncidentId = notification.IncidentId,
            Subject = words.Subject,
            At = notification.At,
            Summary = new AlertSummary(words.Badge, ToneOf(notification), words.Headline, words.Effect, sections[0].Steps.Count > 0 ? words.Action : null),
            Sections = sections,
            Timeline = wording.TimelineOf(notification, token, now),

            // Facts that are in the evidence of the first finding are not repeated.
            Facts = [.. facts.Except(sections[0].Evidence)],
            Unknowns = [.. notification.Unknowns.Select(unknown => wording.Describe(unknown).Sentence)],
            Links = [.. present.Count > 0 ? [wording.Common.Debugger] : Array.Empty<Link>(), .. sections[0].Runbook is { } runbook ? [runbook] : Array.Empty<Link>()],
            Origin = origin,
            Next = words.Next,
            Common = wording.Common,
        };
    }

    /// <summary>Composes the test message.</summary>
    public AlertMessage Test(string origin, DateTimeOffset now)
    {
        var words = wording.Test;
        var section = Section(MonitorMessages.TestAlert, words, []);
        return new()
        {
            Kind = null,
            Subject = words.Subject,
            At = now,
            Summary = new AlertSummary(words.Badge, AlertTone.Neutral, words.Headline, words.Effect, words.Action),
            Sections = [section],
            Links = [section.Runbook!],
            Origin = origin,
            Next = words.Next,
            Common = wording.Common,
        };
    }

    private static AlertTone ToneOf(Notification notification) => notification switch
    {
        { Severity: Severity.Critical } => AlertTone.Critical,
        { Severity: Severity.Warning } => AlertTone.Warning,
        { Kind: NotificationKind.Resolved or NotificationKind.MonitorRecovered or NotificationKind.NewTokenVerified } => AlertTone.Good,
        _ => AlertTone.Warning,
    };

    private AlertSection Section(Finding finding, TokenContext token, DateTimeOffset at, Finding? lead)
    {
        var words = wording.Describe(finding, token, at);
        var steps = Remediation.Of(finding, token.IsInVault);

        // Most findings end with "generate a new token". The steps are not repeated for the second finding.
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

    private AlertSection Section(Notification notification, TokenContext token, MessageText words)
    {
        var (id, steps) = notification.Kind switch
        {
            NotificationKind.Resolved => (MonitorMessages.Resolved, Array.Empty<StepKind>()),
            NotificationKind.MonitorDown or NotificationKind.MonitorDownReminder when notification.IsValidityKnown => (MonitorMessages.MonitorDown, [StepKind.RunDoctorForMissing, StepKind.ConfirmCompleteCheck]),
            NotificationKind.MonitorDown or NotificationKind.MonitorDownReminder =>
                (MonitorMessages.MonitorDown, [StepKind.RunDoctorForUnreachable, StepKind.CheckMetaStatus, StepKind.TestByMessage, StepKind.ConfirmCheck]),
            NotificationKind.MonitorRecovered => (MonitorMessages.MonitorRecovered, []),
            NotificationKind.NewTokenVerified => (MonitorMessages.NewTokenVerified, [StepKind.CheckStoreLog, StepKind.ConfirmTokenInUse, StepKind.RotateLeakedToken]),
            NotificationKind.ChannelFailing => (MonitorMessages.ChannelFailing, [StepKind.FixChannel]),
            _ => (MonitorMessages.Reminder, []),
        };
        return Section(id, words, [.. steps.Select(step => wording.Describe(new RemediationStep(step), token))]);
    }

    private AlertSection Section(string id, MessageText words, IReadOnlyList<StepText> steps) =>
        new(Id: null, Severity: null, words.Title, words.Impact, steps, []) { Runbook = RunbookOf(id) };

    private Link RunbookOf(string id) => new(wording.Common.Runbook, Runbook.SectionOf(id));
}
