using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Notifications.Email;

/// <summary>All that the templates can reach of a message, in the order in which a mail tells it.</summary>
internal sealed record EmailView
{
    public required string Subject { get; init; }

    /// <summary>What mail lists show beside the subject.</summary>
    public required string Preheader { get; init; }

    public required AlertGlance Glance { get; init; }

    public required EmailColours Colours { get; init; }

    public required IReadOnlyList<EmailStep> Steps { get; init; }

    public required IReadOnlyList<Evidence> Story { get; init; }

    /// <summary>The lead's exact words.</summary>
    public required string Detail { get; init; }

    public required EmailLink? Runbook { get; init; }

    public required IReadOnlyList<EmailSection> Others { get; init; }

    public required IReadOnlyList<Evidence> Facts { get; init; }

    public required IReadOnlyList<string> Unknowns { get; init; }

    public required IReadOnlyList<string> Cuts { get; init; }

    public required string Origin { get; init; }

    public required string Next { get; init; }

    public static EmailView Of(AlertMessage message)
    {
        var lead = message.Sections[0];
        return new()
        {
            Subject = message.Subject,
            Preheader = message.Story is [var first, ..] ? $"{message.Glance.Effect} {first.Name}: {first.Value}" : message.Glance.Effect,
            Glance = message.Glance,
            Colours = EmailColours.Of(message.Glance.Tone),
            Steps = EmailStep.List(lead.Steps, hasButton: true),
            Story = lead.IsEvidenceToActOn ? [.. lead.Evidence, .. message.Story] : message.Story,
            Detail = lead.Title == message.Glance.Headline ? lead.Impact : $"{lead.Title.TrimEnd('.')}. {lead.Impact}",
            Runbook = lead.Runbook is { } runbook
                ? new(lead.Id is null ? "Runbook: what this message means" : "Runbook: what this means, and how to keep it from coming back", runbook.Url.AbsoluteUri)
                : null,
            Others = [.. message.Sections.Skip(1).Select(EmailSection.Of)],
            Facts = [.. lead.IsEvidenceToActOn ? [] : lead.Evidence, .. message.Facts, .. Trace(message)],
            Unknowns = message.Unknowns,
            Cuts = message.Cuts,
            Origin = message.Origin,
            Next = message.Next,
        };
    }

    private static IEnumerable<Evidence> Trace(AlertMessage message)
    {
        yield return new("Seen", TimeText.Moment(message.At));
        if (message.IncidentId is { } incident)
        {
            yield return new("Incident", incident);
        }
    }
}

/// <summary>A finding beside the lead.</summary>
internal sealed record EmailSection(
    string Badge, EmailColours Colours, string Title, string Impact, IReadOnlyList<EmailStep> Steps, string? InsteadOfSteps, IReadOnlyList<Evidence> Evidence, string? Runbook)
{
    public static EmailSection Of(AlertSection section) => new(
        section.Severity is Severity.Critical ? "CRITICAL" : "WARNING",
        EmailColours.Of(section.Severity is Severity.Critical ? AlertTone.Critical : AlertTone.Warning),
        section.Title,
        section.Impact,
        EmailStep.List(section.Steps, hasButton: false),
        section.InsteadOfSteps,
        section.Evidence,
        section.Runbook?.Url.AbsoluteUri);
}

/// <summary>A step, with its page as a button, as a part of its text, or as a link behind it.</summary>
internal sealed record EmailStep(int Number, string Text, EmailLink? Button, InlineLink? Inline, EmailLink? Link)
{
    /// <summary>The first step that has a page gets the button; more than one would be none.</summary>
    public static IReadOnlyList<EmailStep> List(IReadOnlyList<RemedyStep> steps, bool hasButton)
    {
        var button = hasButton ? steps.FirstOrDefault(step => step.Link is not null) : null;
        return [.. steps.Select((step, index) => ReferenceEquals(step, button)
            ? new EmailStep(index + 1, step.Text, EmailLink.Of(step.Link), Inline: null, Link: null)
            : Of(index + 1, step))];
    }

    private static EmailStep Of(int number, RemedyStep step) => InlineLink.Find(step) is { } inline
        ? new(number, step.Text, Button: null, inline, Link: null)
        : new(number, step.Text, Button: null, Inline: null, EmailLink.Of(step.Link));
}

/// <summary>A link as the templates take it.</summary>
internal sealed record EmailLink(string Title, string Url)
{
    public static EmailLink? Of(Link? link) => link is null ? null : new(link.Title, link.Url.AbsoluteUri);
}

/// <summary>A badge's colours, which stay readable where a mail program inverts them.</summary>
internal sealed record EmailColours(string Back, string Text)
{
    public static EmailColours Of(AlertTone tone) => tone switch
    {
        AlertTone.Critical => new("#b3261e", "#ffffff"),
        AlertTone.Warning => new("#f5b301", "#211a00"),
        AlertTone.Good => new("#1b6e3c", "#ffffff"),
        _ => new("#3b4a63", "#ffffff"),
    };
}
