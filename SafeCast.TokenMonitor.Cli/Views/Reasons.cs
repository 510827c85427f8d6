using SafeCast.TokenMonitor.Incidents;

namespace SafeCast.TokenMonitor.Cli.Views;

/// <summary>The planner's reasons, in words.</summary>
internal static class Reasons
{
    public static string InWords(IEnumerable<NotificationReason> reasons) => string.Join("; ", reasons.Select(InWords));

    private static string InWords(NotificationReason reason) => reason switch
    {
        NotificationReason.NothingToReport => "nothing is wrong, and nothing was",
        NotificationReason.IncidentOpened => "something is wrong that was not before",
        NotificationReason.FindingAdded => "something else is wrong as well",
        NotificationReason.FindingResolved => "something was mended",
        NotificationReason.FindingEscalated => "something got worse",
        NotificationReason.CountdownStep => "the end has come nearer",
        NotificationReason.ReminderDue => "it has been so for long enough to remind people",
        NotificationReason.ReminderNotDue => "people know, and are not to be reminded yet",
        NotificationReason.IncidentResolved => "everything is mended",
        NotificationReason.Unknown => "an outage says nothing about the token, and it is too early to call the monitor blind",
        NotificationReason.MonitorDown => "the monitor could not find out for too many checks running",
        NotificationReason.MonitorDownReminderDue => "the monitor has been blind for long enough to remind people",
        NotificationReason.MonitorDownReminderNotDue => "people know that the monitor is blind, and are not to be reminded yet",
        NotificationReason.StaleObservation => "another check looked later, and what it saw is remembered already",
        NotificationReason.MonitorRecovered => "the monitor sees again",
        NotificationReason.NewTokenVerified => "a new token is in place, and is healthy",
        NotificationReason.ChannelFailing => "a channel does not accept what is sent",
        _ => reason.ToString(),
    };
}
