namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>Whom a token speaks for: a system user, or a person where the token's type says so.</summary>
public sealed class SystemUser
{
    /// <summary>The user's id, app-scoped.</summary>
    public required string Id { get; init; }

    /// <summary>The user's name.</summary>
    public required string Name { get; set; }

    /// <summary>The portfolio in which the user lives.</summary>
    public required Portfolio Portfolio { get; init; }

    /// <summary>An admin system user reaches all that its portfolio owns, assigned or not.</summary>
    public bool IsAdmin { get; set; }
}
