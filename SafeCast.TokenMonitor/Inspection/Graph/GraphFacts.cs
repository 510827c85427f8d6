namespace SafeCast.TokenMonitor.Inspection.Graph;

// The answers of Graph as the monitor uses them. Everything that can be missing is nullable: null means that Graph did not state it. All
// texts are scrubbed, and still untrusted.

/// <summary>The answer of <c>debug_token</c>.</summary>
public sealed record DebugToken
{
    /// <summary>Whether the token is valid. The only field that is never missing.</summary>
    public required bool IsValid { get; init; }

    /// <summary>The id of the app.</summary>
    public string? AppId { get; init; }

    /// <summary>The name of the app.</summary>
    public string? AppName { get; init; }

    /// <summary>The type: <c>SYSTEM_USER</c>, <c>USER</c>, <c>PAGE</c>, <c>APP</c>; Meta may add types.</summary>
    public string? Type { get; init; }

    /// <summary>The id of the user.</summary>
    public string? UserId { get; init; }

    /// <summary>The time when the token was issued, UTC.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The expiry of the token.</summary>
    public GraphExpiry ExpiresAt { get; init; }

    /// <summary>The expiry of data access.</summary>
    public GraphExpiry DataAccessExpiresAt { get; init; }

    /// <summary>The scopes.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The scopes that are limited to certain assets.</summary>
    public IReadOnlyList<GranularScope>? GranularScopes { get; init; }

    /// <summary>The reason why it is not valid.</summary>
    public GraphError? Error { get; init; }
}

/// <summary>A scope and the assets that it is limited to; null or none: all assets.</summary>
public sealed record GranularScope(string Scope, IReadOnlyList<string>? TargetIds);

/// <summary>A scope and whether it is granted.</summary>
public sealed record ScopeGrant(string Scope, bool IsGranted);

/// <summary>An expiry: a time in UTC, never (0 in Graph), or not stated.</summary>
public readonly record struct GraphExpiry
{
    /// <summary>Never.</summary>
    public static GraphExpiry Never { get; } = new() { IsNever = true };

    /// <summary>Graph stated that it never expires.</summary>
    public bool IsNever { get; private init; }

    /// <summary>The time, UTC, if Graph stated one.</summary>
    public DateTimeOffset? Moment { get; private init; }

    /// <summary>Graph stated a time or never.</summary>
    public bool IsStated => IsNever || Moment is not null;

    /// <summary>Creates an expiry at a time.</summary>
    public static GraphExpiry At(DateTimeOffset moment) => new() { Moment = moment };
}

/// <summary>An id with a name, if known: of a user or a portfolio.</summary>
public sealed record Identity(string Id, string? Name);

/// <summary>A WhatsApp business account.</summary>
public sealed record BusinessAccount(string Id, string? Name);

/// <summary>A phone number and its state.</summary>
public sealed record PhoneNumber(string Id, string? DisplayNumber, string? VerifiedName, string? QualityRating, string? Status, SendingHealth? Health);

/// <summary>Whether messages can be sent: <c>AVAILABLE</c>, <c>LIMITED</c>, <c>BLOCKED</c>, overall and for each entity.</summary>
public sealed record SendingHealth(string? CanSendMessage, IReadOnlyList<SendingEntity> Entities);

/// <summary>An entity that is involved in sending: number, account, business, app.</summary>
public sealed record SendingEntity(string? EntityType, string? Id, string? CanSendMessage, IReadOnlyList<SendingError> Errors, IReadOnlyList<string> AdditionalInfo);

/// <summary>The reason why an entity cannot send, and the fix that Meta names.</summary>
public sealed record SendingError(string? Code, string? Description, string? PossibleSolution);

/// <summary>A user that is assigned to a business account, and the tasks of the user.</summary>
public sealed record AssignedUser(string Id, string? Name, IReadOnlyList<string>? Tasks);
