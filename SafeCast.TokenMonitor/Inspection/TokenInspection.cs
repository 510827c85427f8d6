using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection;

/// <summary>
/// What the vault and Graph said about one token, at one moment. Facts, no judgement. An answer that is null was not asked for:
/// its id is not configured, or what came before made the question pointless.
/// </summary>
public sealed record TokenInspection
{
    /// <summary>When the inspection began, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The name of the store that was asked for the token.</summary>
    public required string SecretStore { get; init; }

    /// <summary>That store is a vault; otherwise a file or the environment.</summary>
    public required bool IsSecretInVault { get; init; }

    /// <summary>What came of reading the token.</summary>
    public required SecretReading Secret { get; init; }

    /// <summary>How the app's credential fared.</summary>
    public AppCredentialStatus AppCredential { get; init; } = new AppCredentialStatus.NotConfigured();

    /// <summary>Who answered for what <see cref="Debug"/> says.</summary>
    public InspectionSource Source { get; init; }

    /// <summary>Graph says that the token is another app's than the one that inspected it.</summary>
    public bool BelongsToAnotherApp { get; init; }

    /// <summary>What <c>debug_token</c> said of the token.</summary>
    public GraphAnswer<DebugToken>? Debug { get; init; }

    /// <summary>Whom the token speaks for: its system user.</summary>
    public GraphAnswer<Identity>? Me { get; init; }

    /// <summary>The scopes that the token itself says it was granted; asked for only where <see cref="Debug"/> has no facts.</summary>
    public GraphAnswer<IReadOnlyList<ScopeGrant>>? ScopeGrants { get; init; }

    /// <summary>The configured phone number.</summary>
    public GraphAnswer<PhoneNumber>? PhoneNumber { get; init; }

    /// <summary>The configured business account.</summary>
    public GraphAnswer<BusinessAccount>? BusinessAccount { get; init; }

    /// <summary>The ids of the account's phone numbers, all pages.</summary>
    public GraphAnswer<IReadOnlyList<string>>? PhoneNumberIds { get; init; }

    /// <summary>The ids of the apps that are subscribed to the account, all pages.</summary>
    public GraphAnswer<IReadOnlyList<string>>? SubscribedAppIds { get; init; }

    /// <summary>The business portfolio that owns the account.</summary>
    public GraphAnswer<Identity>? Owner { get; init; }

    /// <summary>The users that are assigned to the account, all pages.</summary>
    public GraphAnswer<IReadOnlyList<AssignedUser>>? AssignedUsers { get; init; }

    /// <summary>The Graph version that was asked for, such as <c>v26.0</c>.</summary>
    public string? RequestedVersion { get; init; }

    /// <summary>The Graph version that answered; null when no answer named one.</summary>
    public string? AnsweredVersion { get; init; }

    /// <summary>By how much Graph's clock is ahead of this machine's, to a second or so; null when no answer said what time it is.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>The calls that were made, in the order in which they ended.</summary>
    public IReadOnlyList<GraphCall> Calls { get; init; } = [];

    /// <summary>How long the inspection took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The token, where one was read.</summary>
    public Secret? Token => (Secret as SecretReading.Found)?.Value;
}
