namespace SafeCast.TokenMonitor.Assessment;

/// <summary>The ids of the messages that are about no finding: the monitor's own, and the alarms of the platform that watches the monitor.</summary>
public static class MonitorMessages
{
    /// <summary>The monitor cannot see whether the token works.</summary>
    public const string MonitorDown = "monitor-down";

    /// <summary>The monitor sees again.</summary>
    public const string MonitorRecovered = "monitor-recovered";

    /// <summary>A channel does not accept what is sent.</summary>
    public const string ChannelFailing = "channel-failing";

    /// <summary>The token was replaced by a healthy one.</summary>
    public const string NewTokenVerified = "new-token-verified";

    /// <summary>Everything is mended.</summary>
    public const string Resolved = "resolved";

    /// <summary>Something is still wrong, or an end has come nearer.</summary>
    public const string Reminder = "reminder";

    /// <summary>A message that only shows that messages arrive.</summary>
    public const string TestAlert = "test-alert";

    /// <summary>Azure's alarm: no check was completed for three hours.</summary>
    public const string AlarmNoCheck = "alarm-no-check";

    /// <summary>Azure's alarm: a message could not be delivered.</summary>
    public const string AlarmDeliveryFailed = "alarm-delivery-failed";

    /// <summary>Azure's alarm: an invocation of the function failed.</summary>
    public const string AlarmInvocationFailed = "alarm-invocation-failed";

    /// <summary>Azure's alarm: somebody other than the monitor read the vault.</summary>
    public const string AlarmVaultRead = "alarm-vault-read";

    /// <summary>Azure's alarm: one of its other alarms no longer runs.</summary>
    public const string AlarmNotRunning = "alarm-not-running";

    /// <summary>All of them, in the runbook's order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        MonitorDown, MonitorRecovered, ChannelFailing, NewTokenVerified, Resolved, Reminder, TestAlert,
        AlarmNoCheck, AlarmDeliveryFailed, AlarmInvocationFailed, AlarmVaultRead, AlarmNotRunning,
    ];
}
