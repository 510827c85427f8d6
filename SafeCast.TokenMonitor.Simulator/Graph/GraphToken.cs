namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>An access token. Its lists are replaced whole, so that a call that runs meanwhile sees one or the other.</summary>
public sealed class GraphToken
{
    /// <summary>The token itself.</summary>
    public required string Value { get; init; }

    /// <summary>The app for which it was made.</summary>
    public required GraphApp App { get; init; }

    /// <summary>For whom it speaks.</summary>
    public required SystemUser User { get; init; }

    /// <summary><c>SYSTEM_USER</c>, <c>USER</c>, <c>PAGE</c>, or anything that Meta may think of.</summary>
    public string Type { get; set; } = "SYSTEM_USER";

    /// <summary>When it was made.</summary>
    public DateTimeOffset IssuedAt { get; set; }

    /// <summary>When it ends; null for never, which Graph tells as 0.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When the access to data ends; null for never, which Graph tells as 0.</summary>
    public DateTimeOffset? DataAccessExpiresAt { get; set; }

    /// <summary>What it may do.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [Scope.Messaging, Scope.Management];

    /// <summary>For scopes that hold for some assets only: their ids. A scope that is not named here holds for all.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> TargetIds { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What has become of it.</summary>
    public SimulatedTokenState State { get; set; }

    /// <summary>The subcode for <see cref="SimulatedTokenState.Other"/>; null for none.</summary>
    public int? OtherSubcode { get; set; }

    /// <summary>Takes a scope away.</summary>
    public void Lose(string scope) => Scopes = [.. Scopes.Where(own => own != scope)];

    /// <summary>Narrows a scope down to these assets.</summary>
    public void Narrow(string scope, params string[] targetIds) =>
        TargetIds = new Dictionary<string, IReadOnlyList<string>>(TargetIds) { [scope] = targetIds };

    internal SimulatedTokenState StateAt(DateTimeOffset now) => State == SimulatedTokenState.Valid && ExpiresAt <= now ? SimulatedTokenState.Expired : State;

    internal bool Grants(string scope, string assetId) =>
        Scopes.Contains(scope) && (!TargetIds.TryGetValue(scope, out var targets) || targets.Contains(assetId));
}
