using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>
/// The steps that remedies share. Each is one thing to do, in as few words as will do at night, with the page where it is done; where
/// the setup procedure has a step for it, that is named. The labels are Meta's of November 2026; the runbook says where they differ.
/// </summary>
internal static class RemedySteps
{
    public static readonly Link BusinessSettings = new("Business Settings", new Uri("https://business.facebook.com/settings"));

    public static readonly Link Debugger = new("Access token debugger", new Uri("https://developers.facebook.com/tools/debug/accesstoken"));

    public static readonly Link WhatsAppManager = new("WhatsApp Manager", new Uri("https://business.facebook.com/wa/manage/home"));

    public static readonly Link Changelog = new("Graph API changelog", new Uri("https://developers.facebook.com/docs/graph-api/changelog"));

    private const string AskMeta = "Open ";
    private const string SetId = "Set ";

    private static readonly Link KeyVaults = new("Key vaults in the Azure portal", new Uri("https://portal.azure.com/#browse/Microsoft.KeyVault%2Fvaults"));

    /// <summary>From Business Settings to a new token that is in use and proven.</summary>
    /// <param name="n">The names.</param>
    /// <param name="when">Where a new token is not the first thing to try: in which case it is, as the sentence's beginning.</param>
    public static RemedyStep[] NewToken(TokenNames n, string? when = null) =>
    [
        new($"{(when is null ? "In" : $"{when}: in")} Business Settings, open Users > System users > {n.SystemUser} and press \"Generate token\".", BusinessSettings),
        new($"Choose {n.App}, and \"{n.Expiration}\" as the expiration (setup step {(int)SetupStep.GenerateToken}).", SetupLink(SetupStep.GenerateToken)),
        new($"Tick {n.Scopes}, and generate; the token is shown only once."),
        .. StoreAndVerify(n),
    ];

    /// <summary>From a token in hand to one that is in use and proven.</summary>
    public static RemedyStep[] StoreAndVerify(TokenNames n) =>
    [
        n.IsInVault
            ? new($"Run \"tokenmonitor store --token {Argument(n.Token)}\" and paste it: it is checked first, then stored as {n.Secret} in {n.Store}.", SetupLink(SetupStep.StoreToken))
            : new($"Put it into {n.Store} as {EnvironmentSecretStore.VariableFor(n.Secret)}, in place of the old one."),
        new("Restart what sends messages, if it reads the token only when it starts."),
        Verify(n),
    ];

    public static RemedyStep AssignApp(TokenNames n) =>
        new($"In Business Settings, open Users > System users > {n.SystemUser} > Assign assets > Apps; give {n.App} \"Manage app\".", BusinessSettings);

    public static RemedyStep AssignAccount(TokenNames n, string account) =>
        new($"In Business Settings, open Users > System users > {n.SystemUser} > Assign assets > WhatsApp accounts; give {account} full control.", BusinessSettings);

    /// <summary>Where Meta itself stands in the way: a new token or another assignment would not help.</summary>
    public static RemedyStep AskMetaAboutAccount { get; } =
        new($"{AskMeta}WhatsApp Manager and do what Meta asks for: it restricts the account, whatever the token.", WhatsAppManager);

    /// <summary>The same, for the app.</summary>
    public static RemedyStep AskMetaAboutApp(TokenNames n) =>
        new($"{AskMeta}the page of {n.App} and see whether Meta restricted or deleted it; do what it asks for there.", AppPage(n));

    /// <summary>Where the configured id gives away that it is another thing's: WhatsApp Manager shows the right one.</summary>
    public static RemedyStep SetRightId(TokenNames n, string setting, string mistake) =>
        new($"{SetId}{setting} of \"{n.Token}\" to the right id: {mistake}.", WhatsAppManager);

    /// <summary>Whether a step is one of the two above that ask Meta. By its words: a remembered finding keeps nothing else of it.</summary>
    public static bool AsksMeta(RemedyStep step) => step.Text.StartsWith(AskMeta, StringComparison.Ordinal);

    /// <summary>Whether a step sets the right id, by its words likewise.</summary>
    public static bool SetsId(RemedyStep step) => step.Text.StartsWith(SetId, StringComparison.Ordinal);

    /// <summary>Where the configuration itself may be what is wrong.</summary>
    public static RemedyStep MendSetting(TokenNames n, string when, string settings) =>
        new($"{when}, mend {settings} of \"{n.Token}\" in the monitor's settings.");

    public static RemedyStep InVault(string text, TokenNames n) => new(text, n.IsInVault ? KeyVaults : null);

    /// <summary>Where a token went wrong on its way into the store: the right one may still be at hand.</summary>
    public static RemedyStep FindRightToken(TokenNames n) => n.IsInVault
        ? InVault($"Get the right token: from who made it, or from the previous version of the secret {n.Secret} in {n.Store}.", n)
        : new($"Get the right token from who made it, and compare it with {EnvironmentSecretStore.VariableFor(n.Secret)} in {n.Store}.");

    public static RemedyStep Verify(TokenNames n) => new($"Run \"tokenmonitor check\", or wait for the hourly check, and see \"{n.Token}\" healthy.");

    public static Link SetupLink(SetupStep step) => new($"Setup step {(int)step}", Runbook.SectionOf(step));

    public static Link? AppPage(TokenNames n) =>
        n.AppId is { } id && id.All(char.IsAsciiDigit) ? new Link("The app's page", new Uri($"https://developers.facebook.com/apps/{id}")) : null;

    private static string Argument(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? name : $"'{name}'";
}
