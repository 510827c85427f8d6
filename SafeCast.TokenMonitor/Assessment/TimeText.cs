using System.Globalization;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>Formats times.</summary>
public static class TimeText
{
    /// <summary>Formats a time: "2026-11-22 03:07 UTC".</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Formats a duration: "6 days", "1 hour", "12 minutes". Rounded down, so that the text never states more time than there is.</summary>
    public static string Span(TimeSpan span) => span.Duration() switch
    {
        { TotalDays: >= 2 } d => Count((long)d.TotalDays, "day"),
        { TotalHours: >= 1 } h => Count((long)h.TotalHours, "hour"),
        { TotalMinutes: >= 1 } m => Count((long)m.TotalMinutes, "minute"),
        _ => "less than a minute",
    };

    /// <summary>Formats a relative time: "in 6 days" or "6 days ago".</summary>
    public static string Relative(DateTimeOffset moment, DateTimeOffset now) =>
        moment > now ? $"in {Span(moment - now)}" : $"{Span(now - moment)} ago";

    /// <summary>Formats a time with its relative time: "2026-11-22 03:07 UTC, 3 hours ago".</summary>
    public static string Both(DateTimeOffset moment, DateTimeOffset now) =>
        (moment - now).Duration() < TimeSpan.FromMinutes(1) ? Moment(moment) : $"{Moment(moment)}, {Relative(moment, now)}";

    private static string Count(long count, string unit) => count == 1 ? $"1 {unit}" : $"{count} {unit}s";
}
