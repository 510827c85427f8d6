namespace SafeCast.TokenMonitor.Incidents;

/// <summary>The reason why a check sent an alert or did not.</summary>
public enum NotificationReason
{
    /// <summary>No alert: there are no findings, and there was no incident.</summary>
    NothingToReport,

    /// <summary>Alert: the first finding.</summary>
    IncidentOpened,

    /// <summary>Alert: a new finding.</summary>
    FindingAdded,

    /// <summary>Alert: a finding was resolved while others remain.</summary>
    FindingResolved,

    /// <summary>Alert: a finding became more severe.</summary>
    FindingEscalated,

    /// <summary>Alert: a deadline is closer by one countdown step.</summary>
    CountdownStep,

    /// <summary>Alert: the findings are unchanged and the reminder is due.</summary>
    ReminderDue,

    /// <summary>No alert: the findings are unchanged and the reminder is not due yet.</summary>
    ReminderNotDue,

    /// <summary>Alert: all findings are resolved.</summary>
    IncidentResolved,

    /// <summary>No alert: the result is unknown, which neither opens nor resolves an incident.</summary>
    Unknown,

    /// <summary>Alert: the result was unknown for so many consecutive checks that the monitor counts as down.</summary>
    MonitorDown,

    /// <summary>Alert: the monitor is still down and the reminder is due.</summary>
    MonitorDownReminderDue,

    /// <summary>No alert: the monitor is still down and the reminder is not due yet.</summary>
    MonitorDownReminderNotDue,

    /// <summary>No alert: another check started later, and its result is stored already.</summary>
    StaleObservation,

    /// <summary>Alert: the monitor can check again.</summary>
    MonitorRecovered,

    /// <summary>Alert: the token was replaced by a healthy one.</summary>
    NewTokenVerified,

    /// <summary>Alert: a channel failed in three consecutive checks.</summary>
    ChannelFailing,
}
