namespace SafeCast.TokenMonitor.Setup;

/// <summary>What an examination takes beside what a check does.</summary>
/// <param name="Schedule">When the check runs, an NCRONTAB expression with seconds, in UTC; null: by hand.</param>
/// <param name="ChannelKeys">For each channel, by name, the secret that opens it.</param>
/// <param name="GraphVersion">The Graph version that is asked for.</param>
public sealed record DiagnosticsSettings(string? Schedule, IReadOnlyDictionary<string, string> ChannelKeys, string GraphVersion);
