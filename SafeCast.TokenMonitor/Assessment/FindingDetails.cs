using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>
/// The details of a finding: what differs from what. Values may come from outside: they are scrubbed of secrets, and whatever renders
/// them encodes them. The names of the types are in state documents.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "detailsType")]
[JsonDerivedType(typeof(SecretVersion), "secretVersion")]
[JsonDerivedType(typeof(MalformedSecret), "malformedSecret")]
[JsonDerivedType(typeof(AmbiguousSecret), "ambiguousSecret")]
[JsonDerivedType(typeof(TokenDates), "tokenDates")]
[JsonDerivedType(typeof(TokenType), "tokenType")]
[JsonDerivedType(typeof(AppMismatch), "appMismatch")]
[JsonDerivedType(typeof(Scopes), "scopes")]
[JsonDerivedType(typeof(SharedToken), "sharedToken")]
[JsonDerivedType(typeof(SharedAssets), "sharedAssets")]
[JsonDerivedType(typeof(ConfiguredId), "configuredId")]
[JsonDerivedType(typeof(NumberElsewhere), "numberElsewhere")]
[JsonDerivedType(typeof(PortfolioMismatch), "portfolioMismatch")]
[JsonDerivedType(typeof(AccountAccess), "accountAccess")]
[JsonDerivedType(typeof(Subscription), "subscription")]
[JsonDerivedType(typeof(Sending), "sending")]
[JsonDerivedType(typeof(NumberStatus), "numberStatus")]
[JsonDerivedType(typeof(NumberQuality), "numberQuality")]
[JsonDerivedType(typeof(AppCredential), "appCredential")]
[JsonDerivedType(typeof(GraphVersion), "graphVersion")]
[JsonDerivedType(typeof(Recorded), "recorded")]
public abstract record FindingDetails
{
    private FindingDetails()
    {
    }

    /// <summary>The version of the secret that the finding is about.</summary>
    /// <param name="Version">The version.</param>
    /// <param name="NotBefore">Its activation date, if that is in the future.</param>
    public sealed record SecretVersion(string? Version, DateTimeOffset? NotBefore = null) : FindingDetails;

    /// <summary>A value that cannot be a token.</summary>
    /// <param name="Fault">The reason.</param>
    /// <param name="Version">The version of the secret.</param>
    public sealed record MalformedSecret(SecretFault Fault, string? Version) : FindingDetails;

    /// <summary>A second name that should hold the same token.</summary>
    /// <param name="OtherName">The other name.</param>
    /// <param name="Content">What it holds.</param>
    public sealed record AmbiguousSecret(string OtherName, ContradictingContent Content) : FindingDetails;

    /// <summary>When the token was issued and expires, UTC; null: not stated.</summary>
    /// <param name="IssuedAt">When it was issued.</param>
    /// <param name="ExpiresAt">When it expires.</param>
    /// <param name="DataAccessExpiresAt">When its data access expires, if that is on the same day.</param>
    public sealed record TokenDates(DateTimeOffset? IssuedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? DataAccessExpiresAt = null) : FindingDetails;

    /// <summary>The token's type, such as <c>USER</c>.</summary>
    public sealed record TokenType(string Type) : FindingDetails;

    /// <summary>The token's app and the configured one.</summary>
    /// <param name="ExpectedId">The configured id.</param>
    /// <param name="Actual">The token's app; null: not stated.</param>
    public sealed record AppMismatch(string? ExpectedId, NamedId? Actual) : FindingDetails;

    /// <summary>Required scopes that are missing, or granted for other accounts only.</summary>
    /// <param name="Affected">The scopes.</param>
    /// <param name="Granted">For missing ones: the scopes that the token has.</param>
    /// <param name="GrantedForIds">For narrowed ones: the ids of the accounts that they are granted for.</param>
    public sealed record Scopes(IReadOnlyList<string> Affected, IReadOnlyList<string>? Granted = null, IReadOnlyList<string>? GrantedForIds = null) : FindingDetails;

    /// <summary>Other configured tokens that have the same value.</summary>
    public sealed record SharedToken(IReadOnlyList<string> TokenNames, string Fingerprint) : FindingDetails;

    /// <summary>Other configured tokens that use the same number or account.</summary>
    public sealed record SharedAssets(IReadOnlyList<string> WithSameNumber, IReadOnlyList<string> WithSameAccount) : FindingDetails;

    /// <summary>An account or number that cannot be read.</summary>
    /// <param name="Id">The configured id.</param>
    /// <param name="Mistake">Why the id is the wrong one; null: it may be right.</param>
    public sealed record ConfiguredId(string? Id, IdMistake? Mistake) : FindingDetails;

    /// <summary>A phone number that is not in the configured account.</summary>
    public sealed record NumberElsewhere(string PhoneNumberId, string? AccountId, IReadOnlyList<string> NumberIdsOfAccount) : FindingDetails;

    /// <summary>The portfolio that owns the account, and the configured one.</summary>
    public sealed record PortfolioMismatch(string ExpectedId, NamedId Actual) : FindingDetails;

    /// <summary>What the system user may do with the account.</summary>
    /// <param name="UserId">The system user.</param>
    /// <param name="Tasks">The tasks that it has; null: it is not assigned.</param>
    public sealed record AccountAccess(string UserId, IReadOnlyList<string>? Tasks) : FindingDetails;

    /// <summary>The apps that are subscribed to the account, without the one that should be.</summary>
    public sealed record Subscription(string AppId, IReadOnlyList<string> SubscribedAppIds) : FindingDetails;

    /// <summary>Why Meta does not let a number send, or not everything.</summary>
    /// <param name="PhoneNumber">The number.</param>
    /// <param name="Entities">Each entity whose state is not AVAILABLE.</param>
    /// <param name="Status">The status of the number, such as <c>BANNED</c>; null: connected, or not stated.</param>
    public sealed record Sending(NamedId PhoneNumber, IReadOnlyList<SendingEntity> Entities, string? Status = null) : FindingDetails
    {
        /// <summary>The fixes that Meta names, those of blocking entities first.</summary>
        [JsonIgnore]
        public IReadOnlyList<string> Solutions =>
        [
            .. Entities
                .OrderByDescending(entity => string.Equals(entity.CanSendMessage, "BLOCKED", StringComparison.OrdinalIgnoreCase))
                .SelectMany(entity => entity.Errors)
                .Select(error => error.PossibleSolution)
                .OfType<string>()
                .Distinct(),
        ];
    }

    /// <summary>The state of a number that is not connected.</summary>
    public sealed record NumberStatus(NamedId PhoneNumber, NumberState State) : FindingDetails;

    /// <summary>A low quality rating.</summary>
    /// <param name="PhoneNumber">The number.</param>
    /// <param name="Rating">The rating, such as <c>RED</c>.</param>
    public sealed record NumberQuality(NamedId PhoneNumber, string Rating) : FindingDetails;

    /// <summary>The app secret that cannot be used.</summary>
    /// <param name="Fault">For a malformed one: what is wrong with it.</param>
    public sealed record AppCredential(SecretFault? Fault) : FindingDetails;

    /// <summary>The Graph version that was requested, and the one that answered.</summary>
    public sealed record GraphVersion(string Requested, string Answered) : FindingDetails;

    /// <summary>Labelled values from a state document of schema 1, which had no typed details.</summary>
    public sealed record Recorded(IReadOnlyList<LabelledValue> Evidence) : FindingDetails;
}

/// <summary>An id at Meta with the name that goes with it; either may be unknown.</summary>
public sealed record NamedId(string? Id, string? Name)
{
    /// <summary>The id and name, or null where neither is known.</summary>
    public static NamedId? Of(string? id, string? name) => id is null && name is null ? null : new(id, name);
}

/// <summary>A value with its label. The value may come from outside: it is scrubbed, and must be encoded where it is rendered.</summary>
public sealed record LabelledValue(string Label, string Value);

/// <summary>Which other id was configured in the place of the right one.</summary>
public enum IdMistake
{
    /// <summary>An account's id in the place of a number's, or the other way round.</summary>
    OtherAsset,

    /// <summary>The system user's id.</summary>
    SystemUser,

    /// <summary>The app's id.</summary>
    App,

    /// <summary>The portfolio's id.</summary>
    Portfolio,

    /// <summary>The phone number itself instead of its id.</summary>
    PhoneNumberItself,
}

/// <summary>The states of a phone number that the monitor knows.</summary>
public enum NumberState
{
    /// <summary>It can be used.</summary>
    Connected,

    /// <summary>It is not registered with the Cloud API.</summary>
    NotRegistered,

    /// <summary>It was connected, and no longer is.</summary>
    Disconnected,

    /// <summary>Meta banned it.</summary>
    Banned,

    /// <summary>It was deleted from the account.</summary>
    Deleted,

    /// <summary>It was moved to another account.</summary>
    Migrated,

    /// <summary>It is not set up completely.</summary>
    Pending,

    /// <summary>Its owner has not been verified.</summary>
    Unverified,

    /// <summary>It reached its messaging limit: replies are sent, new conversations are not.</summary>
    Restricted,

    /// <summary>Its quality is low; Meta may lower its limit.</summary>
    Flagged,

    /// <summary>It sends too fast.</summary>
    RateLimited,
}
