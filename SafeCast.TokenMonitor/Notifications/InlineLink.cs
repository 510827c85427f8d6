using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>A text that names its page: the name is the link.</summary>
internal sealed record InlineLink(string Before, string Linked, string After, string Url)
{
    /// <summary>The step's link, where its text names it; null: it has none, or it does not.</summary>
    public static InlineLink? Find(StepText step) => step.Link is { } link && step.Text.IndexOf(link.Title, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
        ? new(step.Text[..at], step.Text[at..(at + link.Title.Length)], step.Text[(at + link.Title.Length)..], link.Url.AbsoluteUri)
        : null;
}
