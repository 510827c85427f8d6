namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A WhatsApp business account. Its lists are replaced whole, so that a call that runs meanwhile sees one or the other.</summary>
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

    /// <summary>The apps that get its webhooks.</summary>
    public IReadOnlyList<GraphApp> SubscribedApps { get; set; } = [];

    /// <summary>Who may work with it.</summary>
    public IReadOnlyList<AssignedUser> AssignedUsers { get; set; } = [];

    /// <summary>Gives a user these tasks, in place of any that the user had.</summary>
    public void Assign(SystemUser user, params string[] tasks) =>
        AssignedUsers = [.. AssignedUsers.Where(assigned => assigned.User != user), new AssignedUser(user, tasks)];

    /// <summary>Takes the account away from a user.</summary>
    public void Unassign(SystemUser user) => AssignedUsers = [.. AssignedUsers.Where(assigned => assigned.User != user)];

    internal bool IsOpenTo(SystemUser user) =>
        AssignedUsers.Any(assigned => assigned.User == user) || (user.IsAdmin && user.Portfolio == Owner);
}
