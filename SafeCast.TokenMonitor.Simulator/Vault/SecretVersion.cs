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

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its attributes last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether it may be read.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>From when it is meant to be used. The vault gives it out all the same.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Until when it is meant to be used. The vault gives it out all the same.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A hint at what it is.</summary>
    public string? ContentType { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Leaves the value out.</summary>
    public override string ToString() => $"{Name}/{Version}";
}
