namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A WhatsApp business account. Its lists are replaced, not changed, so that a concurrent call sees a consistent list.</summary>
public sealed class BusinessAccount
{
    /// <summary>The account's id.</summary>
    public required string Id { get; init; }

    /// <summary>The account's name.</summary>
    public required string Name { get; set; }

    /// <summary>The portfolio that owns it.</summary>
    public required Portfolio Owner { get; set; }

    /// <summary>Its phone numbers.</summary>
    public IReadOnlyList<PhoneNumber> PhoneNumbers { get; set; } = [];

    /// <summary>The subscribed apps.</summary>
    public IReadOnlyList<GraphApp> SubscribedApps { get; set; } = [];

    /// <summary>The assigned users.</summary>
    public IReadOnlyList<AssignedUser> AssignedUsers { get; set; } = [];

    /// <summary>Replaces the tasks of a user.</summary>
    public void Assign(SystemUser user, params string[] tasks) =>
        AssignedUsers = [.. AssignedUsers.Where(assigned => assigned.User != user), new AssignedUser(user, tasks)];

    /// <summary>Removes a user from the account.</summary>
    public void Unassign(SystemUser user) => AssignedUsers = [.. AssignedUsers.Where(assigned => assigned.User != user)];

    internal bool IsOpenTo(SystemUser user) =>
        AssignedUsers.Any(assigned => assigned.User == user) || (user.IsAdmin && user.Portfolio == Owner);

    /// <summary>Fields that Meta removed from this type, such as <c>name</c>. A request for one of them is an error.</summary>
    public IReadOnlySet<string> RemovedFields { get; set; } = new HashSet<string>();
}
