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
    private const string PutRight = "Put the right token ";

    // A step is read at night: what Meta says at length stands whole in the evidence.
    private const int LongestProposal = 160;

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
            ? new($"Run \"tokenmonitor store --token {Argument(n.Token)}\" and paste it: it is checked first, then stored as {n.Secret} in {n.Store} (setup step {(int)SetupStep.StoreToken}).", SetupLink(SetupStep.StoreToken))
            : new($"Put it into {n.Store} as {EnvironmentSecretStore.VariableFor(n.Secret)}, in place of the old one."),
        new("Restart what sends messages, if it reads the token only when it starts."),
        Verify(n),
    ];

    public static RemedyStep AssignApp(TokenNames n) =>
        new($"In Business Settings, open Users > System users > {n.SystemUser} > Assign assets > Apps; choose {n.App}, with \"Manage app\".", BusinessSettings);

    public static RemedyStep AssignAccount(TokenNames n, string account) =>
        new($"In Business Settings, open Users > System users > {n.SystemUser} > Assign assets > WhatsApp accounts; choose {account}, full control.", BusinessSettings);

    /// <summary>Where Meta holds back what is sent: it may or may not say what it wants.</summary>
    public static RemedyStep[] AskMetaAboutSending(TokenNames n) =>
        KeepTheToken(n, new("Open WhatsApp Manager and do what Meta asks for; this message passes on its reasons.", WhatsAppManager));

    /// <summary>The same, where it does say.</summary>
    public static RemedyStep[] DoWhatMetaProposes(TokenNames n, IReadOnlyList<string> proposals)
    {
        var more = proposals.Count > 1 ? ", and what else is named below" : "";
        return KeepTheToken(n, new($"Open WhatsApp Manager and do what Meta proposes: \"{Shortening.Of(proposals[0].TrimEnd('.'), LongestProposal)}\"{more}.", WhatsAppManager));
    }

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

    /// <summary>Where another token stands in this one's place: what that one cannot reach, it must not be given.</summary>
    public static RemedyStep[] PutRightTokenInPlace(TokenNames n) =>
    [
        new($"{PutRight}of \"{n.Token}\" in place, as is told of the other finding: assign nothing to the one that is there."),
        Verify(n),
    ];

    /// <summary>Where two environments have one token: what to settle before it is given anything.</summary>
    public static RemedyStep DecideWhoseItIs(TokenNames n) =>
        new($"First settle whose token this is, as is told of the other finding. If it is not to stay \"{n.Token}\"'s, assign it nothing.");

    /// <summary>Whether a step puts the right token in place, by its words likewise.</summary>
    public static bool PutsRightToken(RemedyStep step) => step.Text.StartsWith(PutRight, StringComparison.Ordinal);

    /// <summary>Where the configuration itself may be what is wrong.</summary>
    public static RemedyStep MendSetting(TokenNames n, string when, string settings) =>
        new($"{when}, mend {settings} of \"{n.Token}\" in the monitor's settings.");

    /// <summary>Where the token is right, and the monitor looks for another app's.</summary>
    public static RemedyStep MendAppId(TokenNames n, string then) =>
        new($"If the token's app is the one that sends, mend AppId of \"{n.Token}\" in the monitor's settings, and {then}.");

    public static RemedyStep InVault(string text, TokenNames n) => new(text, n.IsInVault ? KeyVaults : null);

    /// <summary>Where a token went wrong on its way into the store: the right one may still be at hand.</summary>
    public static RemedyStep FindRightToken(TokenNames n) => n.IsInVault
        ? InVault($"Get the right token: from who made it, or from the previous version of the secret {n.Secret} in {n.Store}.", n)
        : new($"Get the right token from who made it, and compare it with {EnvironmentSecretStore.VariableFor(n.Secret)} in {n.Store}.");

    public static RemedyStep Verify(TokenNames n) => new($"Run \"tokenmonitor check\", or wait for the hourly check, and see \"{n.Token}\" healthy.");

    public static Link SetupLink(SetupStep step) => new($"setup step {(int)step}", Runbook.SectionOf(step));

    public static Link? AppPage(TokenNames n) =>
        n.AppId is { } id && id.All(char.IsAsciiDigit) ? new Link("the app's page", new Uri($"https://developers.facebook.com/apps/{id}")) : null;

    private static RemedyStep[] KeepTheToken(TokenNames n, RemedyStep first) => [first, new("Keep the token: a new one does not help with this."), Verify(n)];

    private static string Argument(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? name : $"'{name}'";
}
