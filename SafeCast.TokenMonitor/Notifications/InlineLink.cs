using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>A text that contains the name of its link.</summary>
internal sealed record InlineLink(string Before, string Linked, string After, string Url)
{
    /// <summary>Gets the link of a step if its text contains the name of the link; otherwise null.</summary>
    public static InlineLink? Find(StepText step) => step.Link is { } link && step.Text.IndexOf(link.Title, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
        ? new(step.Text[..at], step.Text[at..(at + link.Title.Length)], step.Text[(at + link.Title.Length)..], link.Url.AbsoluteUri)
        : null;
}
