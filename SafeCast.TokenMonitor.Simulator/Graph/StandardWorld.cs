namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A healthy set-up: one of everything, fully entitled.</summary>
/// <param name="App">The app.</param>
/// <param name="Portfolio">Whose it all is.</param>
/// <param name="BusinessAccount">The WhatsApp business account, owned by the portfolio, subscribed to by the app, with the user in full control.</param>
/// <param name="PhoneNumber">The account's one number.</param>
/// <param name="SystemUser">The system user.</param>
/// <param name="Token">The user's token, which never expires.</param>
public sealed record StandardWorld(
    GraphApp App, Portfolio Portfolio, BusinessAccount BusinessAccount, PhoneNumber PhoneNumber, SystemUser SystemUser, GraphToken Token);
