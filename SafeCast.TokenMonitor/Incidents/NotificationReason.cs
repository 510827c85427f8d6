namespace SafeCast.TokenMonitor.Incidents;

/// <summary>Why people are told something at a check, or are not.</summary>
public enum NotificationReason
{
    /// <summary>Not told: nothing is wrong, and nothing was.</summary>
    NothingToReport,

    /// <summary>Told: the first finding.</summary>
    IncidentOpened,

    /// <summary>Told: a finding that was not there before.</summary>
    FindingAdded,

    /// <summary>Told: a finding is gone while others stay.</summary>
    FindingResolved,

    /// <summary>Told: a finding got worse.</summary>
    FindingEscalated,

    /// <summary>Told: an end has come nearer by a step.</summary>
    CountdownStep,

    /// <summary>Told: the same findings, for as long as people are to be reminded.</summary>
    ReminderDue,

    /// <summary>Not told: the same findings, and the reminder is not due yet.</summary>
    ReminderNotDue,

    /// <summary>Told: all findings are gone.</summary>
    IncidentResolved,

    /// <summary>Not told: the check could not find out, which neither opens nor resolves anything.</summary>
    Unknown,

    /// <summary>Told: the check could not find out for so many times running that the monitor is blind.</summary>
    MonitorDown,

    /// <summary>Told: blind for as long as people are to be reminded.</summary>
    MonitorDownReminderDue,

    /// <summary>Not told: still blind, and the reminder is not due yet.</summary>
    MonitorDownReminderNotDue,

    /// <summary>Not told: another check looked later, and what it saw is remembered already.</summary>
    StaleObservation,

    /// <summary>Told: the monitor sees again.</summary>
    MonitorRecovered,

    /// <summary>Told: the token was replaced by a healthy one.</summary>
    NewTokenVerified,

    /// <summary>Told: a channel has failed for three checks running.</summary>
    ChannelFailing,
}
