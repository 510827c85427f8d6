namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>The user of a token: a system user, or a person for other types of tokens.</summary>
public sealed class SystemUser
{
    /// <summary>The user's id, app-scoped.</summary>
    public required string Id { get; init; }

    /// <summary>The user's name.</summary>
    public required string Name { get; set; }

    /// <summary>The portfolio of the user.</summary>
    public required Portfolio Portfolio { get; init; }

    /// <summary>An admin system user can access everything in its portfolio, without assignments.</summary>
    public bool IsAdmin { get; set; }
}
