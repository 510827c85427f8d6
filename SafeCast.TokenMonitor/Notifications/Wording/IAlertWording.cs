using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Notifications.Wording;

/// <summary>
/// All words about findings, steps and messages. Takes data and gives text; nothing ever decides by what it gives, so that the words can
/// be changed or translated here without a change of behavior.
/// </summary>
public interface IAlertWording
{
    /// <summary>The words for a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="token">The token that it was found on.</param>
    /// <param name="now">The time from which "in 6 days" counts, UTC.</param>
    FindingText Describe(Finding finding, TokenContext token, DateTimeOffset now);

    /// <summary>The evidence of a finding: labelled values.</summary>
    IReadOnlyList<LabelledValue> EvidenceOf(Finding finding, TokenContext token);

    /// <summary>The facts about a token, for people to compare.</summary>
    IReadOnlyList<LabelledValue> FactsOf(TokenContext token);

    /// <summary>The words for a step.</summary>
    StepText Describe(RemediationStep step, TokenContext token);

    /// <summary>The words for a fact that a check did not learn.</summary>
    UnknownText Describe(UnknownFact unknown);

    /// <summary>What is wrong with a stored value, as a clause: "it ends with a line break".</summary>
    string Describe(SecretFault fault);

    /// <summary>The words for a message as a whole.</summary>
    /// <param name="notification">What the message is about.</param>
    /// <param name="token">The token.</param>
    /// <param name="lead">The words for its first finding; null: it has none.</param>
    MessageText Describe(Notification notification, TokenContext token, FindingText? lead);

    /// <summary>The rows that tell since when, and what changed since the last alert.</summary>
    IReadOnlyList<LabelledValue> TimelineOf(Notification notification, TokenContext token, DateTimeOffset now);

    /// <summary>The words for a message that only shows that alerts arrive.</summary>
    MessageText Test { get; }

    /// <summary>The words of every message.</summary>
    CommonText Common { get; }
}

/// <summary>The words for a finding.</summary>
/// <param name="Headline">What happened, with the token's name, in as few words as possible.</param>
/// <param name="Effect">What that stops, as a short sentence.</param>
/// <param name="Action">What to do, beginning with its verb, without a full stop.</param>
/// <param name="Title">What happened in detail, a sentence without a full stop.</param>
/// <param name="Statement">The same without the token's name: "It was revoked."</param>
/// <param name="Noun">The same as a noun, for lists: "Token revoked".</param>
/// <param name="Impact">What stops working, in a sentence or two.</param>
public sealed record FindingText(string Headline, string Effect, string Action, string Title, string Statement, string Noun, string Impact);

/// <summary>The words for a step.</summary>
/// <param name="Text">A sentence in the imperative.</param>
/// <param name="Link">The page where it is done; null: none.</param>
public sealed record StepText(string Text, Link? Link = null);

/// <summary>A page to open.</summary>
public sealed record Link(string Title, Uri Url);

/// <summary>The words for a fact that a check did not learn.</summary>
/// <param name="What">Which fact: "when the token expires"; empty where the reason says everything.</param>
/// <param name="Why">Why not, a sentence.</param>
/// <param name="Sentence">Both together.</param>
public sealed record UnknownText(string What, string Why, string Sentence);

/// <summary>The words for a message as a whole.</summary>
/// <param name="Badge">Severity and kind: "CRITICAL, REMINDER".</param>
/// <param name="Headline">What happened.</param>
/// <param name="Effect">What that stops.</param>
/// <param name="Action">What to do; null: nothing.</param>
/// <param name="Subject">The subject of a mail, the summary of a card.</param>
/// <param name="Title">What happened in detail, for a message that is about no finding.</param>
/// <param name="Impact">What that means, likewise.</param>
/// <param name="Next">When the next message comes.</param>
public sealed record MessageText(string Badge, string Headline, string Effect, string? Action, string Subject, string Title, string Impact, string Next);

/// <summary>Words that every message has.</summary>
public sealed record CommonText
{
    /// <summary>In place of steps that stand above already.</summary>
    public required string FixedAbove { get; init; }

    /// <summary>A message that was shortened to fit.</summary>
    public required string Shortened { get; init; }

    /// <summary>How many findings do not fit.</summary>
    public required Func<int, string> NotShown { get; init; }

    /// <summary>The label of the time of the check.</summary>
    public required string CheckedAt { get; init; }

    /// <summary>The label of the incident's id.</summary>
    public required string Incident { get; init; }

    /// <summary>The title of a link to a section of the runbook.</summary>
    public required string Runbook { get; init; }

    /// <summary>The same, with what a finding's section is about.</summary>
    public required string RunbookOfFinding { get; init; }

    /// <summary>The same, for a message that is about no finding.</summary>
    public required string RunbookOfMessage { get; init; }

    /// <summary>The badge of a severity.</summary>
    public required Func<Severity, string> Badge { get; init; }

    /// <summary>The button that opens a page.</summary>
    public required Func<string, string> Open { get; init; }

    /// <summary>Which monitor sent it.</summary>
    public required Func<string, string> SentBy { get; init; }

    /// <summary>Which monitor it is, and which store it reads.</summary>
    public required Func<string, string, string> Origin { get; init; }

    /// <summary>The page for inspecting a token.</summary>
    public required Link Debugger { get; init; }
}
