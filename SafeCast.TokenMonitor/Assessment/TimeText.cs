using System.Globalization;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>The one place that puts times into words.</summary>
public static class TimeText
{
    /// <summary>"2026-11-22 03:07 UTC".</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>"6 days", "1 hour", "12 minutes"; whole units, rounded down, so that no more time is promised than there is.</summary>
    public static string Span(TimeSpan span) => span.Duration() switch
    {
        { TotalDays: >= 2 } d => Count((long)d.TotalDays, "day"),
        { TotalHours: >= 1 } h => Count((long)h.TotalHours, "hour"),
        { TotalMinutes: >= 1 } m => Count((long)m.TotalMinutes, "minute"),
        _ => "less than a minute",
    };

    /// <summary>"in 6 days" or "6 days ago".</summary>
    public static string Relative(DateTimeOffset moment, DateTimeOffset now) =>
        moment > now ? $"in {Span(moment - now)}" : $"{Span(now - moment)} ago";

    /// <summary>"2026-11-22 03:07 UTC, 3 hours ago"; only the moment when it is now.</summary>
    public static string Both(DateTimeOffset moment, DateTimeOffset now) =>
        (moment - now).Duration() < TimeSpan.FromMinutes(1) ? Moment(moment) : $"{Moment(moment)}, {Relative(moment, now)}";

    private static string Count(long count, string unit) => count == 1 ? $"1 {unit}" : $"{count} {unit}s";
}
