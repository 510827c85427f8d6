namespace SafeCast.TokenMonitor.Assessment;

/// <summary>The ids of messages without a finding: those about the monitor itself, and the Azure alarms.</summary>
public static class MonitorMessages
{
    /// <summary>The monitor cannot check the token.</summary>
    public const string MonitorDown = "monitor-down";

    /// <summary>Monitoring has recovered.</summary>
    public const string MonitorRecovered = "monitor-recovered";

    /// <summary>A channel does not accept messages.</summary>
    public const string ChannelFailing = "channel-failing";

    /// <summary>The token was replaced by a healthy one.</summary>
    public const string NewTokenVerified = "new-token-verified";

    /// <summary>All findings are resolved.</summary>
    public const string Resolved = "resolved";

    /// <summary>A finding is still open, or an expiry is nearer.</summary>
    public const string Reminder = "reminder";

    /// <summary>The test message.</summary>
    public const string TestAlert = "test-alert";

    /// <summary>Azure alarm: no check was completed for three hours.</summary>
    public const string AlarmNoCheck = "alarm-no-check";

    /// <summary>Azure alarm: a message could not be delivered.</summary>
    public const string AlarmDeliveryFailed = "alarm-delivery-failed";

    /// <summary>Azure alarm: an invocation failed.</summary>
    public const string AlarmInvocationFailed = "alarm-invocation-failed";

    /// <summary>Azure alarm: another identity read a secret of the monitor.</summary>
    public const string AlarmVaultRead = "alarm-vault-read";

    /// <summary>Azure alarm: another alarm no longer runs.</summary>
    public const string AlarmNotRunning = "alarm-not-running";

    /// <summary>All ids, in the order of the runbook.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        MonitorDown, MonitorRecovered, ChannelFailing, NewTokenVerified, Resolved, Reminder, TestAlert,
        AlarmNoCheck, AlarmDeliveryFailed, AlarmInvocationFailed, AlarmVaultRead, AlarmNotRunning,
    ];
}
