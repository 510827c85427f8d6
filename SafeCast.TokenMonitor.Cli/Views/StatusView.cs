using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Wording;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Views;

/// <summary>Writes the state of the tokens to the terminal.</summary>
internal static class StatusView
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Grey = new(Color.Grey);

    public static void Write(IAnsiConsole console, IReadOnlyList<TokenStatus> tokens, IAlertWording wording, DateTimeOffset now)
    {
        foreach (var token in tokens)
        {
            console.Write(new Text($"{token.TokenName}: ", Bold));
            Write(console, token, wording, now);
        }
    }

    private static void Write(IAnsiConsole console, TokenStatus token, IAlertWording wording, DateTimeOffset now)
    {
        var state = token.State;
        if (token.Problem is { } trouble)
        {
            Line(console, trouble, new Style(Color.Red));
            return;
        }

        Line(console, state switch
        {
            { Incident: { } incident } => $"incident {incident.Id}, open since {When(incident.OpenedAt, now)}, alerts sent: {incident.AlertsSent}.",
            { HealthySince: { } well } => $"healthy since {When(well, now)}.",
            _ => "no state yet.",
        });
        foreach (var stored in state.Incident?.Findings ?? [])
        {
            Line(console, $"   {stored.Finding.Severity}: {wording.Describe(stored.Finding, token.Context, now).Noun} ({stored.Finding.Id}), since {When(stored.Since, now)}.");
        }

        if (state.MonitoringOutage is { } outage)
        {
            Line(console, $"   Unknown for {Checks(outage.Checks)}, since {When(outage.Since, now)}: {string.Join(" ", outage.Unknowns.Select(unknown => wording.Describe(unknown).Why).Distinct())}");
        }

        if (token.NextMessage is { } next)
        {
            Line(console, $"   The next message is due {When(next, now)}.", Grey);
        }

        foreach (var notification in state.PendingNotifications)
        {
            Line(console, $"   Pending for {string.Join(" and ", notification.PendingChannels)}: {notification.Kind}, from {When(notification.At, now)}.", new Style(Color.Yellow));
        }

        foreach (var (channel, failing) in state.Failing)
        {
            Line(console, $"   {channel} has failed for {Checks(failing.Checks)}, since {When(failing.Since, now)}: {failing.Reason}", new Style(Color.Red));
        }
    }

    private static void Line(IAnsiConsole console, string text, Style? style = null) => console.Write(new Text($"{text}\n", style));

    private static string When(DateTimeOffset moment, DateTimeOffset now) => $"{TimeText.Moment(moment)} ({TimeText.Relative(moment, now)})";

    private static string Checks(int count) => count == 1 ? "one check" : $"{count} checks in a row";

}
