using System.Collections.Concurrent;
using System.Globalization;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>Everything that exists at Meta. All answers follow from it.</summary>
public sealed class GraphWorld
{
    private readonly ConcurrentDictionary<string, GraphApp> _apps = new();
    private readonly ConcurrentDictionary<string, BusinessAccount> _accounts = new();
    private readonly ConcurrentDictionary<string, PhoneNumber> _numbers = new();
    private readonly ConcurrentDictionary<string, GraphToken> _tokens = new();
    private readonly TimeProvider _clock;
    private int _standardWorlds;
    private int _issued;

    internal GraphWorld(TimeProvider clock) => _clock = clock;

    /// <summary>Adds an app.</summary>
    public void Add(GraphApp app) => _apps[app.Id] = app;

    /// <summary>Adds an account with all its numbers and subscribed apps.</summary>
    public void Add(BusinessAccount account)
    {
        _accounts[account.Id] = account;
        foreach (var number in account.PhoneNumbers)
        {
            Add(number);
        }

        foreach (var app in account.SubscribedApps)
        {
            Add(app);
        }
    }

    /// <summary>Adds a number, with or without an account.</summary>
    public void Add(PhoneNumber number) => _numbers[number.Id] = number;

    /// <summary>Adds a token and its app.</summary>
    public void Add(GraphToken token)
    {
        Add(token.App);
        _tokens[token.Value] = token;
    }

    /// <summary>Issues a new token that never expires and has both scopes, as in a rotation.</summary>
    public GraphToken IssueToken(GraphApp app, SystemUser user)
    {
        var seed = string.Create(CultureInfo.InvariantCulture, $"{user.Id}/{Interlocked.Increment(ref _issued)}");
        var token = new GraphToken { Value = SampleSecrets.Token(seed), App = app, User = user, IssuedAt = _clock.GetUtcNow() };
        Add(token);
        return token;
    }

    /// <summary>Adds a healthy setup. A second one with another name has other ids and shares nothing with the first.</summary>
    /// <param name="name">The environment: it becomes part of all names.</param>
    public StandardWorld AddStandard(string name = "Production")
    {
        var offset = 1111L * (Interlocked.Increment(ref _standardWorlds) - 1);
        string Id(long first) => (first + offset).ToString(CultureInfo.InvariantCulture);

        var app = new GraphApp { Id = Id(1122334455667788), Name = $"SafeCast {name}", Secret = SampleSecrets.AppSecret(name) };
        var portfolio = new Portfolio { Id = Id(2233445566778899), Name = $"SafeCast {name} Portfolio" };
        var user = new SystemUser { Id = Id(100055566677788), Name = name is "Production" ? "SafeCast-Bot" : $"SafeCast-{name}-Bot", Portfolio = portfolio };
        var number = new PhoneNumber { Id = Id(445566778899001), DisplayNumber = "+1 555-0142", VerifiedName = "SafeCast" };
        var account = new BusinessAccount
        {
            Id = Id(334455667788990),
            Name = $"SafeCast {name} Messages",
            Owner = portfolio,
            PhoneNumbers = [number],
            SubscribedApps = [app],
        };
        account.Assign(user, "MANAGE", "DEVELOP");
        Add(account);
        return new StandardWorld(app, portfolio, account, number, user, IssueToken(app, user));
    }

    internal GraphApp? FindApp(string id) => _apps.GetValueOrDefault(id) is { IsDeleted: false } app ? app : null;

    internal GraphToken? FindToken(string value) => _tokens.GetValueOrDefault(value);

    internal BusinessAccount? FindAccount(string id) => _accounts.GetValueOrDefault(id);

    internal PhoneNumber? FindNumber(string id) => _numbers.GetValueOrDefault(id);

    internal IEnumerable<BusinessAccount> AccountsOf(PhoneNumber number) => _accounts.Values.Where(account => account.PhoneNumbers.Contains(number));
}
