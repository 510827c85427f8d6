namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>An access token. Its lists are replaced, not changed, so that a concurrent call sees a consistent list.</summary>
public sealed class GraphToken
{
    /// <summary>The token itself.</summary>
    public required string Value { get; init; }

    /// <summary>The app of the token.</summary>
    public required GraphApp App { get; init; }

    /// <summary>The user of the token.</summary>
    public required SystemUser User { get; init; }

    /// <summary><c>SYSTEM_USER</c>, <c>USER</c>, <c>PAGE</c> or any other type.</summary>
    public string Type { get; set; } = "SYSTEM_USER";

    /// <summary>The time when it was issued.</summary>
    public DateTimeOffset IssuedAt { get; set; }

    /// <summary>The expiry; null: never (0 in Graph).</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The expiry of data access; null: never (0 in Graph).</summary>
    public DateTimeOffset? DataAccessExpiresAt { get; set; }

    /// <summary>The scopes.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [Scope.Messaging, Scope.Management];

    /// <summary>The asset ids of scopes that are limited to certain assets. Other scopes cover all assets.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> TargetIds { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The state of the token.</summary>
    public SimulatedTokenState State { get; set; }

    /// <summary>The subcode for <see cref="SimulatedTokenState.Other"/>; null for none.</summary>
    public int? OtherSubcode { get; set; }

    /// <summary>Removes a scope.</summary>
    public void Lose(string scope) => Scopes = [.. Scopes.Where(own => own != scope)];

    /// <summary>Limits a scope to these assets.</summary>
    public void Narrow(string scope, params string[] targetIds) =>
        TargetIds = new Dictionary<string, IReadOnlyList<string>>(TargetIds) { [scope] = targetIds };

    internal SimulatedTokenState StateAt(DateTimeOffset now) => State == SimulatedTokenState.Valid && ExpiresAt <= now ? SimulatedTokenState.Expired : State;

    internal bool Grants(string scope, string assetId) =>
        Scopes.Contains(scope) && (!TargetIds.TryGetValue(scope, out var targets) || targets.Contains(assetId));
}
