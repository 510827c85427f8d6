namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A healthy setup: one of everything, with full permissions.</summary>
/// <param name="App">The app.</param>
/// <param name="Portfolio">The portfolio that owns everything.</param>
/// <param name="BusinessAccount">The WhatsApp business account, owned by the portfolio, subscribed to by the app, with the user in full control.</param>
/// <param name="PhoneNumber">The only number of the account.</param>
/// <param name="SystemUser">The system user.</param>
/// <param name="Token">The token of the user, which never expires.</param>
public sealed record StandardWorld(
    GraphApp App, Portfolio Portfolio, BusinessAccount BusinessAccount, PhoneNumber PhoneNumber, SystemUser SystemUser, GraphToken Token);
