using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>
/// One way in which the facts differ from the expectation. Holds data only: the sentences that people read are made from it in
/// <c>Notifications/Wording</c>, when a message is rendered.
/// </summary>
public sealed record Finding
{
    /// <summary>The kind.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>The severity: the kind's default, unless a rule decides otherwise.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What the finding is about.</summary>
    public FindingSubject Subject { get; init; } = FindingSubject.Token;

    /// <summary>The cause, for a kind whose causes need different fixes.</summary>
    public FindingCause Cause { get; init; }

    /// <summary>The details of this kind; null: there are none, or a state document of an older schema did not have them.</summary>
    public FindingDetails? Details { get; init; }

    /// <summary>The Graph error that is the evidence; null: other facts are.</summary>
    public GraphError? GraphError { get; init; }

    /// <summary>For something that expires: when, UTC.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The configuration ignores it: it is in the report, no alert is sent, and it does not count in the verdict.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>The kind's stable id, such as <c>token-revoked</c>.</summary>
    [JsonIgnore]
    public string Id => FindingCatalogue.Of(Kind).Id;
}

/// <summary>What a finding is about.</summary>
/// <param name="Kind">The token, an account or a number.</param>
/// <param name="AssetId">The id at Meta of the account or the number; null for the token.</param>
public sealed record FindingSubject(SubjectKind Kind, string? AssetId = null)
{
    /// <summary>The token itself.</summary>
    public static FindingSubject Token { get; } = new(SubjectKind.Token);

    /// <summary>A WhatsApp account.</summary>
    public static FindingSubject BusinessAccount(string id) => new(SubjectKind.BusinessAccount, id);

    /// <summary>A phone number.</summary>
    public static FindingSubject PhoneNumber(string id) => new(SubjectKind.PhoneNumber, id);
}

/// <summary>The kinds of things that a finding can be about.</summary>
public enum SubjectKind
{
    /// <summary>The token.</summary>
    Token,

    /// <summary>A WhatsApp business account.</summary>
    BusinessAccount,

    /// <summary>A phone number.</summary>
    PhoneNumber,
}
