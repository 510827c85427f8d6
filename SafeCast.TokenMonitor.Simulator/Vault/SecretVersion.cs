namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>One version of a secret.</summary>
public sealed record SecretVersion
{
    /// <summary>The secret's name.</summary>
    public required string Name { get; init; }

    /// <summary>The version's id, 32 hex digits.</summary>
    public required string Version { get; init; }

    /// <summary>The secret itself.</summary>
    public required string Value { get; init; }

    /// <summary>The time when it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time when its attributes last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The version is enabled.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The activation date. The vault returns the secret anyway.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The expiration date. The vault returns the secret anyway.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The content type.</summary>
    public string? ContentType { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Omits the value.</summary>
    public override string ToString() => $"{Name}/{Version}";
}
