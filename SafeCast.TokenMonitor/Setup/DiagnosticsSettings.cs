namespace SafeCast.TokenMonitor.Setup;

/// <summary>The settings that the diagnostics need in addition to those of a check.</summary>
/// <param name="Schedule">The schedule of the check, an NCRONTAB expression with seconds, in UTC; null: on demand.</param>
/// <param name="ChannelKeys">The names of the secrets with the keys of the channels, by channel.</param>
/// <param name="GraphVersion">The requested Graph version.</param>
public sealed record DiagnosticsSettings(string? Schedule, IReadOnlyDictionary<string, string> ChannelKeys, string GraphVersion);
