namespace SafeCast.TokenMonitor.Inspection.Graph;

// What Graph says, in the shape in which the rest of the monitor reads it. Everything that can be missing is nullable: null is
// "Graph did not say". All texts are scrubbed, and still untrusted.

/// <summary>What <c>debug_token</c> says of a token.</summary>
public sealed record DebugToken
{
    /// <summary>Whether the token works at all. The one field that is never missing.</summary>
    public required bool IsValid { get; init; }

    /// <summary>The app that the token belongs to.</summary>
    public string? AppId { get; init; }

    /// <summary>That app's name.</summary>
    public string? AppName { get; init; }

    /// <summary><c>SYSTEM_USER</c>, <c>USER</c>, <c>PAGE</c>, <c>APP</c>; an open set.</summary>
    public string? Type { get; init; }

    /// <summary>The user that the token speaks for.</summary>
    public string? UserId { get; init; }

    /// <summary>When the token was made, UTC.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When it ends.</summary>
    public GraphExpiry ExpiresAt { get; init; }

    /// <summary>When its access to data ends.</summary>
    public GraphExpiry DataAccessExpiresAt { get; init; }

    /// <summary>What it may do.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>To which assets its scopes are narrowed.</summary>
    public IReadOnlyList<GranularScope>? GranularScopes { get; init; }

    /// <summary>Why it is not valid.</summary>
    public GraphError? Error { get; init; }
}

/// <summary>A scope, and the assets to which it is narrowed; null or none: all of them, the wider grant.</summary>
public sealed record GranularScope(string Scope, IReadOnlyList<string>? TargetIds);

/// <summary>A scope that the token was asked about, and whether it has it.</summary>
public sealed record ScopeGrant(string Scope, bool IsGranted);

/// <summary>When something ends: a moment in UTC, never (Graph's 0), or Graph did not say.</summary>
public readonly record struct GraphExpiry
{
    /// <summary>It has no end.</summary>
    public static GraphExpiry Never { get; } = new() { IsNever = true };

    /// <summary>Graph said that there is no end.</summary>
    public bool IsNever { get; private init; }

    /// <summary>The end, if Graph named one.</summary>
    public DateTimeOffset? Moment { get; private init; }

    /// <summary>Graph said something about it.</summary>
    public bool IsStated => IsNever || Moment is not null;

    /// <summary>It ends at this moment.</summary>
    public static GraphExpiry At(DateTimeOffset moment) => new() { Moment = moment };
}

/// <summary>Something with an id and, maybe, a name: a user, a portfolio.</summary>
public sealed record Identity(string Id, string? Name);

/// <summary>A WhatsApp business account.</summary>
public sealed record BusinessAccount(string Id, string? Name);

/// <summary>A phone number, and whether messages can be sent from it.</summary>
public sealed record PhoneNumber(string Id, string? DisplayNumber, string? VerifiedName, string? QualityRating, string? Status, SendingHealth? Health);

/// <summary>Whether messages can be sent: <c>AVAILABLE</c>, <c>LIMITED</c>, <c>BLOCKED</c>, and what each entity on the way has to say.</summary>
public sealed record SendingHealth(string? CanSendMessage, IReadOnlyList<SendingEntity> Entities);

/// <summary>One entity that sending passes: number, account, business, app.</summary>
public sealed record SendingEntity(string? EntityType, string? Id, string? CanSendMessage, IReadOnlyList<SendingError> Errors, IReadOnlyList<string> AdditionalInfo);

/// <summary>What keeps an entity from sending, and what Meta proposes.</summary>
public sealed record SendingError(string? Code, string? Description, string? PossibleSolution);

/// <summary>A user assigned to a business account, and what that user may do with it.</summary>
public sealed record AssignedUser(string Id, string? Name, IReadOnlyList<string>? Tasks);
