using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>
/// Shortens a message to the limit of a channel: the least important parts are omitted first, beginning with evidence; the steps of the first
/// finding are never omitted. The message states the omissions. A pure function.
/// </summary>
internal static class AlertTrimming
{
    private const int MostToActOn = 7;
    private const int LongestToActOn = 240;

    /// <summary>Gets the longest version of a message that fits; the shortest, if none fits.</summary>
    public static TRendered Fit<TRendered>(AlertMessage message, Func<AlertMessage, TRendered> render, Func<TRendered, bool> fits)
    {
        var rendered = render(message);
        foreach (var shorten in (Func<AlertMessage, AlertMessage>[])[WithoutEvidenceOfOthers, WithoutEvidence, LeadOnly])
        {
            if (fits(rendered))
            {
                break;
            }

            rendered = render(shorten(message));
        }

        return rendered;
    }

    // Evidence with instructions belongs to the fix: the first row stays, shortened.
    private static IReadOnlyList<LabelledValue> Indispensable(AlertSection section) => section.IsEvidenceToActOn
        ? [.. section.Evidence.Take(MostToActOn).Select(fact => fact with { Value = Shortening.Of(fact.Value, LongestToActOn) })]
        : [];

    private static AlertMessage WithoutEvidenceOfOthers(AlertMessage message) => message with
    {
        Sections = [.. message.Sections.Select((section, index) => index == 0 ? section : section with { Evidence = [] })],
        Cuts = [message.Common.Shortened],
    };

    private static AlertMessage WithoutEvidence(AlertMessage message) => message with
    {
        Sections = [.. message.Sections.Select((section, index) => section with { Evidence = index == 0 ? Indispensable(section) : [] })],
        Unknowns = [],
        Cuts = [message.Common.Shortened],
    };

    private static AlertMessage LeadOnly(AlertMessage message) => message with
    {
        Sections = [message.Sections[0] with { Evidence = Indispensable(message.Sections[0]) }],

        // The first row is the start. There can be as many other rows as findings.
        Timeline = [.. message.Timeline.Take(2)],
        Facts = [],
        Unknowns = [],
        Cuts =
        [
            .. message.Sections.Count > 1 ? [message.Common.NotShown(message.Sections.Count - 1)] : Array.Empty<string>(),
            message.Common.Shortened,
        ],
    };
}
