using SafeCast.TokenMonitor.Incidents;

namespace SafeCast.TokenMonitor.Cli.Views;

/// <summary>Describes the reasons of the planner.</summary>
internal static class Reasons
{
    public static string InWords(IEnumerable<NotificationReason> reasons) => string.Join("; ", reasons.Select(InWords));

    private static string InWords(NotificationReason reason) => reason switch
    {
        NotificationReason.NothingToReport => "the token is healthy",
        NotificationReason.IncidentOpened => "a new finding",
        NotificationReason.FindingAdded => "one more finding",
        NotificationReason.FindingResolved => "a finding is resolved",
        NotificationReason.FindingEscalated => "a finding is now critical",
        NotificationReason.CountdownStep => "an expiry is nearer",
        NotificationReason.ReminderDue => "a reminder is due",
        NotificationReason.ReminderNotDue => "an alert was sent, and the next reminder is not due yet",
        NotificationReason.IncidentResolved => "all findings are resolved",
        NotificationReason.Unknown => "the result is unknown, and not for enough checks in a row",
        NotificationReason.MonitorDown => "the result is unknown for too many checks in a row",
        NotificationReason.MonitorDownReminderDue => "a reminder is due: the monitor still cannot check the token",
        NotificationReason.MonitorDownReminderNotDue => "an alert was sent that the monitor cannot check the token, and the next reminder is not due yet",
        NotificationReason.StaleObservation => "a later check has already stored its result",
        NotificationReason.MonitorRecovered => "monitoring has recovered",
        NotificationReason.NewTokenVerified => "a new token was verified",
        NotificationReason.ChannelFailing => "a channel does not accept messages",
        _ => reason.ToString(),
    };
}
