using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;

namespace SafeCast.TokenMonitor.Notifications.Wording;

/// <summary>The words for each kind of message, and for the rows of its timeline.</summary>
public sealed partial class EnglishWording : IAlertWording
{
    // Mail lists and lock screens cut subjects.
    private const int LongestSubject = 150;

    // A message that is sent so much later than what it reports says so.
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(15);

    /// <summary>The one set of words in the product.</summary>
    public static EnglishWording Instance { get; } = new();

    /// <inheritdoc/>
    public CommonText Common => field ??= new()
    {
        FixedAbove = "The steps above fix this too.",
        Shortened = "Shortened to fit. \"tokenmonitor check\" prints everything.",
        NotShown = count => count == 1 ? "One more finding is not shown." : $"{count} more findings are not shown.",
        CheckedAt = "Checked at",
        Incident = "Incident",
        Runbook = "Runbook",
        RunbookOfFinding = "Runbook: cause, fix and prevention",
        RunbookOfMessage = "Runbook: about this message",
        Badge = severity => severity is Severity.Critical ? "CRITICAL" : "WARNING",
        Open = title => $"Open {title}",
        SentBy = origin => $"Sent by {origin}.",
        Origin = (monitor, store) => $"{monitor}, reading from {store}",
        Debugger = Debugger,
    };

    /// <inheritdoc/>
    public MessageText Test => new(
        "TEST",
        "WhatsApp token alerts arrive here",
        "Nothing is broken.",
        Action: null,
        "[Test] WhatsApp token alerts arrive here",
        "This is a test. No token is broken.",
        "Alerts about your WhatsApp tokens arrive here. If they should not, change the monitor's settings.",
        "The next message comes when a problem is found.");

    /// <inheritdoc/>
    public MessageText Describe(Notification notification, TokenContext token, FindingText? lead)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ArgumentNullException.ThrowIfNull(token);
        var words = OfMessage(notification, token.TokenName, lead);
        var others = notification.Present.Count - 1;
        var more = others switch
        {
            <= 0 => "",
            1 => " (+1 more finding)",
            _ => $" (+{others} more findings)",
        };
        var next = notification.NextAt is { } at
            ? $"If nothing changes, the next reminder comes in {TimeText.Span(at - notification.At)}, at {TimeText.Moment(at)}."
            : "The next message about this token comes when something changes.";
        return words with { Subject = Shortening.Of($"[{SubjectTag(notification)}] {words.Title}", LongestSubject - more.Length) + more, Next = next };
    }

    /// <inheritdoc/>
    public IReadOnlyList<LabelledValue> TimelineOf(Notification notification, TokenContext token, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ArgumentNullException.ThrowIfNull(token);
        return [.. Timeline(notification, token, now)];
    }

    private static string SubjectTag(Notification notification) => notification.Kind switch
    {
        NotificationKind.Resolved or NotificationKind.MonitorRecovered => "Resolved",
        NotificationKind.NewTokenVerified => "Verified",
        NotificationKind.Changed => $"{notification.Severity}, changed",
        NotificationKind.Reminder => $"{notification.Severity}, still open",
        NotificationKind.MonitorDownReminder => "Warning, still open",
        _ => $"{notification.Severity}",
    };

    private static MessageText OfMessage(Notification notification, string tokenName, FindingText? lead)
    {
        var token = TokenName(tokenName);
        var name = $"\"{tokenName}\"";
        return notification.Kind switch
        {
            NotificationKind.Resolved when notification.IsIgnoredOnly => Of(
                "RESOLVED", $"The findings of {name} are now ignored", "The problem may still exist.", null,
                $"The findings of {token} are now ignored", "The problem may still exist: the monitor's settings ignore it (Ignore)."),
            NotificationKind.Resolved => Of(
                "RESOLVED", $"{token} is healthy again", $"The problem lasted {TimeText.Span(notification.At - notification.Since)}.", null,
                $"{token} is healthy again",
                notification.Resolved.Exists(finding => finding.IsIgnored) ? "All checks pass, except for ignored findings." : "All checks pass."),
            NotificationKind.MonitorDown or NotificationKind.MonitorDownReminder when notification.IsValidityKnown => Of(
                Badge(notification), $"{name} can be checked only in part", "Some problems go unnoticed.", "Find what the monitor is missing",
                $"The monitor can check {token} only in part", "It works as far as checked. What could not be checked is listed below."),
            NotificationKind.MonitorDown => Of(
                Badge(notification), $"The monitor cannot check {name}", "A failure would go unnoticed.", "Find out why the check fails",
                $"The monitor cannot check {token}", "The token may work or not: no alert would be sent."),
            NotificationKind.MonitorDownReminder => Of(
                Badge(notification), $"The monitor still cannot check {name}", "A failure would go unnoticed.", "Find out why the check fails",
                $"The monitor cannot check {token}", "The token may work or not: no alert would be sent."),
            NotificationKind.MonitorRecovered => Of(
                "RESOLVED", $"Monitoring of {name} has recovered", $"It could not be checked for {TimeText.Span(notification.At - notification.Since)}.", null,
                $"Monitoring of {token} has recovered", "Alerts are sent again when a problem is found."),
            NotificationKind.NewTokenVerified => Of(
                "VERIFIED", $"{token} was replaced", "The new token is healthy.", "Do nothing if this was planned",
                $"{token} was replaced, and the new token is healthy", $"The new token (fingerprint {notification.NewFingerprint}) passes every check."),
            NotificationKind.ChannelFailing => Of(
                Badge(notification), $"{Alerts(notification)} are not delivered", $"People miss alerts about {name}.", "Fix the channel",
                $"{Alerts(notification)} about {token} are not delivered",
                $"The channel has been failing for {TimeText.Span(notification.At - notification.Since)}. Pending alerts are sent when it works again."),
            _ when lead is not null => Of(Badge(notification), lead.Headline, lead.Effect, lead.Action, lead.Title, lead.Impact),
            _ => Of(Badge(notification), $"{token} needs attention", "", "Check it", $"{token} needs attention", ""),
        };
    }

    private static MessageText Of(string badge, string headline, string effect, string? action, string title, string impact) =>
        new(badge, headline, effect, action, Subject: "", title, impact, Next: "");

    private static string Badge(Notification notification) => string.Join(
        ", ",
        (string[])
        [
            notification.Severity is Severity.Critical ? "CRITICAL" : "WARNING",
            .. notification.Kind switch
            {
                NotificationKind.Changed => ["CHANGED"],
                NotificationKind.Reminder or NotificationKind.MonitorDownReminder => ["REMINDER"],
                _ => Array.Empty<string>(),
            },

            // A card and a small screen show the first finding alone: that there are more must stand where nobody misses it.
            .. notification.Present.Count > 1 ? [$"{notification.Present.Count} FINDINGS"] : Array.Empty<string>(),
        ]);

    private IEnumerable<LabelledValue> Timeline(Notification notification, TokenContext token, DateTimeOffset now)
    {
        if (now - notification.At > Delay)
        {
            yield return new("Delayed", $"This alert is from {TimeText.Both(notification.At, now)}; it could not be delivered then.");
        }

        switch (notification.Kind)
        {
            case NotificationKind.Opened:
                yield return new("Detected", TimeText.Both(notification.Since, notification.At));
                foreach (var row in Row("Healthy before", notification.HealthySince is { } healthy ? TimeText.Span(notification.Since - healthy) : null))
                {
                    yield return row;
                }

                break;
            case NotificationKind.Changed or NotificationKind.Reminder or NotificationKind.Countdown or NotificationKind.MonitorDownReminder:
                yield return new("Since", TimeText.Both(notification.Since, notification.At));
                yield return new("Alerts sent", $"{notification.AlertsSentBefore} before this one");
                break;
            case NotificationKind.Resolved or NotificationKind.MonitorRecovered:
                yield return new("Duration", $"{TimeText.Span(notification.At - notification.Since)}, from {TimeText.Moment(notification.Since)} to {TimeText.Moment(notification.At)}");
                break;
            case NotificationKind.NewTokenVerified:
                yield return new("Verified", TimeText.Both(notification.At, now));
                break;
            case NotificationKind.MonitorDown or NotificationKind.ChannelFailing:
                yield return new("Since", TimeText.Both(notification.Since, notification.At));
                break;
        }

        if (notification.Kind is not NotificationKind.MonitorRecovered)
        {
            foreach (var row in Row("Cause", Cause(notification)))
            {
                yield return row;
            }
        }

        foreach (var row in Changes(notification, token, now))
        {
            yield return row;
        }

        if (notification.Kind is NotificationKind.Resolved && notification.NewFingerprint is { } fingerprint)
        {
            var wasInvalid = notification.Resolved.Concat(notification.Added).Any(finding => FindingCatalogue.IsInvalidating(finding.Kind));
            yield return new("New token", $"in place, fingerprint {fingerprint}{(wasInvalid ? "" : "; the old one still works, a risk only if it leaked")}");
        }
    }

    private IEnumerable<LabelledValue> Changes(Notification notification, TokenContext token, DateTimeOffset now)
    {
        var isChange = notification.Kind is NotificationKind.Changed;
        string Noun(Finding finding) => Describe(finding, token, now).Noun;
        foreach (var finding in isChange ? notification.Added : [])
        {
            yield return new("New", Noun(finding));
        }

        foreach (var finding in notification.Gone)
        {
            yield return new(finding.IsIgnored ? "Ignored" : "Fixed", Noun(finding));
        }

        foreach (var finding in isChange ? notification.Present.Where(present => !notification.Added.Exists(added => added.Kind == present.Kind)) : [])
        {
            yield return new("Still open", Noun(finding));
        }

        foreach (var finding in isChange ? [] : notification.MostSevereFirst.Skip(1))
        {
            yield return new("Also", Noun(finding));
        }
    }

    private string? Cause(Notification notification) => notification switch
    {
        { ChannelFailure: { } failure, Channel: { } channel } => $"{channel}: {failure}",
        { ChannelFailure: { } failure } => failure,
        { Kind: NotificationKind.MonitorDown or NotificationKind.MonitorDownReminder, Unknowns.IsEmpty: false } =>
            string.Join(" ", notification.Unknowns.Select(unknown => Describe(unknown).Why).Distinct()),
        _ => null,
    };

    // A notification of schema 1 may not name the channel; its failure does.
    private static string Alerts(Notification notification) => notification.Channel switch
    {
        null => "Alerts",
        "e-mail" => "E-mail alerts",
        var channel => $"{channel} alerts",
    };

    private static string TokenName(string name) => $"WhatsApp token \"{name}\"";
}
