using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection;

/// <summary>
/// The facts about a token at one time, from the vault and Graph, without an assessment. A null answer was not queried: its id is not
/// configured, or an earlier answer made the query pointless.
/// </summary>
public sealed record TokenInspection
{
    /// <summary>The start time, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The display name of the secret store.</summary>
    public required string SecretStore { get; init; }

    /// <summary>The store is a vault, not a file or the environment.</summary>
    public required bool IsSecretInVault { get; init; }

    /// <summary>The result of reading the token.</summary>
    public required SecretReading Secret { get; init; }

    /// <summary>The status of the app credential.</summary>
    public AppCredentialStatus AppCredential { get; init; } = new AppCredentialStatus.NotConfigured();

    /// <summary>The source of <see cref="Debug"/>.</summary>
    public InspectionSource Source { get; init; }

    /// <summary>The token belongs to another app than the one that inspected it.</summary>
    public bool BelongsToAnotherApp { get; init; }

    /// <summary>The answer of <c>debug_token</c>.</summary>
    public GraphAnswer<DebugToken>? Debug { get; init; }

    /// <summary>The system user of the token.</summary>
    public GraphAnswer<Identity>? Me { get; init; }

    /// <summary>The scopes from <c>/me/permissions</c>, queried only if <see cref="Debug"/> has no facts.</summary>
    public GraphAnswer<IReadOnlyList<ScopeGrant>>? ScopeGrants { get; init; }

    /// <summary>The configured phone number.</summary>
    public GraphAnswer<PhoneNumber>? PhoneNumber { get; init; }

    /// <summary>The configured business account.</summary>
    public GraphAnswer<BusinessAccount>? BusinessAccount { get; init; }

    /// <summary>The ids of the phone numbers of the account, from all pages.</summary>
    public GraphAnswer<IReadOnlyList<string>>? PhoneNumberIds { get; init; }

    /// <summary>The ids of the apps that are subscribed to the account, from all pages.</summary>
    public GraphAnswer<IReadOnlyList<string>>? SubscribedAppIds { get; init; }

    /// <summary>The business portfolio that owns the account.</summary>
    public GraphAnswer<Identity>? Owner { get; init; }

    /// <summary>The users that are assigned to the account, from all pages.</summary>
    public GraphAnswer<IReadOnlyList<AssignedUser>>? AssignedUsers { get; init; }

    /// <summary>The requested Graph version, such as <c>v26.0</c>.</summary>
    public string? RequestedVersion { get; init; }

    /// <summary>The Graph version that answered; null: not stated.</summary>
    public string? AnsweredVersion { get; init; }

    /// <summary>The difference between the clock of Graph and the clock of this machine, within about a second; positive: Graph is ahead; null: not stated.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>The calls, in the order in which they ended.</summary>
    public IReadOnlyList<GraphCall> Calls { get; init; } = [];

    /// <summary>The duration of the inspection.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The token, if one was read.</summary>
    public Secret? Token => (Secret as SecretReading.Found)?.Value;
}
