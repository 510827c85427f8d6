using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Tests.Notifications.Wording;

/// <summary>Other words for everything: no text begins, ends or reads as in English.</summary>
internal sealed class OtherWording : IAlertWording
{
    private static readonly EnglishWording English = EnglishWording.Instance;

    public CommonText Common { get; } = new()
    {
        FixedAbove = Other(English.Common.FixedAbove),
        Shortened = Other(English.Common.Shortened),
        NotShown = count => Other(English.Common.NotShown(count)),
        CheckedAt = Other(English.Common.CheckedAt),
        Incident = Other(English.Common.Incident),
        Runbook = Other(English.Common.Runbook),
        RunbookOfFinding = Other(English.Common.RunbookOfFinding),
        RunbookOfMessage = Other(English.Common.RunbookOfMessage),
        Badge = severity => Other(English.Common.Badge(severity)),
        Open = title => Other(English.Common.Open(title)),
        SentBy = origin => Other(English.Common.SentBy(origin)),
        Origin = (monitor, store) => Other(English.Common.Origin(monitor, store)),
        Debugger = English.Common.Debugger with { Title = Other(English.Common.Debugger.Title) },
    };

    public MessageText Test => Other(English.Test);

    public FindingText Describe(Finding finding, TokenContext token, DateTimeOffset now)
    {
        var words = English.Describe(finding, token, now);
        return new(Other(words.Headline), Other(words.Effect), Other(words.Action), Other(words.Title), Other(words.Statement), Other(words.Noun), Other(words.Impact));
    }

    public IReadOnlyList<LabelledValue> EvidenceOf(Finding finding, TokenContext token) => Other(English.EvidenceOf(finding, token));

    public IReadOnlyList<LabelledValue> FactsOf(TokenContext token) => Other(English.FactsOf(token));

    public StepText Describe(RemediationStep step, TokenContext token)
    {
        // The same words for every step, so that code that compares words would confuse them.
        var words = English.Describe(step, token);
        return new("\u00bb\u00ab", words.Link is { } link ? link with { Title = Other(link.Title) } : null);
    }

    public UnknownText Describe(UnknownFact unknown)
    {
        var words = English.Describe(unknown);
        return new(Other(words.What), Other(words.Why), Other(words.Sentence));
    }

    public string Describe(SecretFault fault) => Other(English.Describe(fault));

    public MessageText Describe(Notification notification, TokenContext token, FindingText? lead) => Other(English.Describe(notification, token, lead));

    public IReadOnlyList<LabelledValue> TimelineOf(Notification notification, TokenContext token, DateTimeOffset now) => Other(English.TimelineOf(notification, token, now));

    private static MessageText Other(MessageText words) => new(
        Other(words.Badge), Other(words.Headline), Other(words.Effect), words.Action is { } action ? Other(action) : null,
        Other(words.Subject), Other(words.Title), Other(words.Impact), Other(words.Next));

    private static IReadOnlyList<LabelledValue> Other(IReadOnlyList<LabelledValue> rows) => [.. rows.Select(row => row with { Label = Other(row.Label) })];

    private static string Other(string text) => $"\u00bb{string.Concat(text.Reverse())}\u00ab";
}
