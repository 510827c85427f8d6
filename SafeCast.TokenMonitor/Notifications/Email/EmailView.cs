using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Notifications.Wording;

namespace SafeCast.TokenMonitor.Notifications.Email;

/// <summary>The data of a message for the templates, in the order of the mail.</summary>
internal sealed record EmailView
{
    public required string Subject { get; init; }

    /// <summary>The preview text beside the subject in mail lists.</summary>
    public required string Preheader { get; init; }

    public required AlertSummary Summary { get; init; }

    public required EmailColours Colours { get; init; }

    public required IReadOnlyList<EmailStep> Steps { get; init; }

    public required IReadOnlyList<LabelledValue> Timeline { get; init; }

    /// <summary>The statement of the first finding.</summary>
    public required string Detail { get; init; }

    public required EmailLink? Runbook { get; init; }

    public required IReadOnlyList<EmailSection> Others { get; init; }

    public required IReadOnlyList<LabelledValue> Facts { get; init; }

    public required IReadOnlyList<string> Unknowns { get; init; }

    public required IReadOnlyList<string> Cuts { get; init; }

    public required string SentBy { get; init; }

    public required string Next { get; init; }

    public static EmailView Of(AlertMessage message)
    {
        var lead = message.Sections[0];
        return new()
        {
            Subject = message.Subject,
            Preheader = message.Timeline is [var first, ..] ? $"{message.Summary.Effect} {first.Label}: {first.Value}" : message.Summary.Effect,
            Summary = message.Summary,
            Colours = EmailColours.Of(message.Summary.Tone),
            Steps = EmailStep.List(lead.Steps, message.Common, hasButton: true),
            Timeline = lead.IsEvidenceToActOn ? [.. lead.Evidence, .. message.Timeline] : message.Timeline,
            Detail = lead.Title == message.Summary.Headline ? lead.Impact : $"{lead.Title.TrimEnd('.')}. {lead.Impact}",
            Runbook = lead.Runbook is { } runbook
                ? new(lead.Id is null ? message.Common.RunbookOfMessage : message.Common.RunbookOfFinding, runbook.Url.AbsoluteUri)
                : null,
            Others = [.. message.Sections.Skip(1).Select(section => EmailSection.Of(section, message.Common))],
            Facts = [.. lead.IsEvidenceToActOn ? [] : lead.Evidence, .. message.Facts, .. Trace(message)],
            Unknowns = message.Unknowns,
            Cuts = message.Cuts,
            SentBy = message.Common.SentBy(message.Origin),
            Next = message.Next,
        };
    }

    private static IEnumerable<LabelledValue> Trace(AlertMessage message)
    {
        yield return new(message.Common.CheckedAt, TimeText.Moment(message.At));
        if (message.IncidentId is { } incident)
        {
            yield return new(message.Common.Incident, incident);
        }
    }
}

/// <summary>Another finding.</summary>
internal sealed record EmailSection(
    string Badge, EmailColours Colours, string Title, string Impact, IReadOnlyList<EmailStep> Steps, string? InsteadOfSteps, IReadOnlyList<LabelledValue> Evidence, EmailLink? Runbook)
{
    public static EmailSection Of(AlertSection section, CommonText common) => new(
        section.Badge,
        EmailColours.Of(section.Severity is Severity.Critical ? AlertTone.Critical : AlertTone.Warning),
        section.Title,
        section.Impact,
        EmailStep.List(section.Steps, common, hasButton: false),
        section.InsteadOfSteps,
        section.Evidence,
        section.Runbook is { } runbook ? new($"{runbook.Title}: {section.Title}", runbook.Url.AbsoluteUri) : null);
}

/// <summary>A step, with its link as a button, inside its text, or after it.</summary>
internal sealed record EmailStep(int Number, string Text, EmailLink? Button, InlineLink? Inline, EmailLink? Link)
{
    /// <summary>The first step with a link gets the button. Several buttons would distract.</summary>
    public static IReadOnlyList<EmailStep> List(IReadOnlyList<StepText> steps, CommonText common, bool hasButton)
    {
        var button = hasButton ? steps.FirstOrDefault(step => step.Link is not null) : null;
        return [.. steps.Select((step, index) => Of(index + 1, step, common, isButton: ReferenceEquals(step, button)))];
    }

    private static EmailStep Of(int number, StepText step, CommonText common, bool isButton)
    {
        var opening = step.Link is { } link ? new EmailLink(common.Open(link.Title), link.Url.AbsoluteUri) : null;
        return isButton ? new(number, step.Text, opening, Inline: null, Link: null)
            : InlineLink.Find(step) is { } inline ? new(number, step.Text, Button: null, inline, Link: null)
            : new(number, step.Text, Button: null, Inline: null, opening);
    }
}

/// <summary>A link for the templates.</summary>
internal sealed record EmailLink(string Title, string Url);

/// <summary>The colors of a badge, which stay readable if a mail program inverts them.</summary>
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
