using System.Collections.Frozen;
using System.Collections.Immutable;
using static SafeCast.TokenMonitor.Assessment.RemedySteps;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>Every kind of finding there is, in the order in which equally bad ones are told.</summary>
public static class FindingCatalogue
{
    // An impact is read before the first step of the remedy, on a phone, at night: fifteen words at most.
    private const string NothingIsSent = "No WhatsApp message goes out: every call with this token fails.";
    private const string NothingWillBeSent = "No WhatsApp message goes out once your integration reads its token anew.";

    // At a glance: what happened and what that stops in nine words at most, then what to do, beginning with its verb.
    internal const string NoMessage = "No message goes out.";
    private const string ReplaceToken = "Generate and store a new token";
    private const string RightToken = "Find and store the right token";

    // The page that Notifications offers for an old token.
    internal static readonly Link BusinessSettings = RemedySteps.BusinessSettings;

    /// <summary>All definitions.</summary>
    public static IReadOnlyList<FindingDefinition> All { get; } =
    [
        new(FindingKind.SecretMissing, "secret-missing", Severity.Critical,
            new(" is missing", "Messages stop at the next restart.", "Recover the secret, or store a token"),
            "is missing: no secret {0} in {1}",
            NothingWillBeSent,
            n => n.IsInVault
                ?
                [
                    InVault($"In {n.Store}, open Secrets > Manage deleted secrets, and recover {n.Secret} if it is listed.", n),
                    MendSetting(n, "If the secret has another name", "SecretName"),
                    .. NewToken(n, "If it is gone"),
                ]
                : NewToken(n, "If you do not have the token")),

        new(FindingKind.SecretDisabled, "secret-disabled", Severity.Critical,
            new(" is disabled", "Messages stop at the next restart.", "Enable the secret, unless it leaked"),
            "was disabled in {1} (secret {0})",
            NothingWillBeSent,
            n =>
            [
                InVault($"In {n.Store}, open the secret {n.Secret} and enable its current version, unless it was disabled because it leaked.", n),
                .. NewToken(n, "If it leaked, or you cannot tell"),
            ]),

        new(FindingKind.SecretMalformed, "secret-malformed", Severity.Critical,
            new(" is not usable", NoMessage, RightToken),
            "is not a usable token: {0}",
            "No WhatsApp message goes out: Meta refuses what is stored.",
            n =>
            [
                FindRightToken(n),
                .. NewToken(n, "If nobody has it"),
            ]),

        new(FindingKind.TokenRevoked, "token-revoked", Severity.Critical,
            new(" was revoked", NoMessage, ReplaceToken),
            "was revoked", NothingIsSent,
            n => NewToken(n)),

        new(FindingKind.TokenExpired, "token-expired", Severity.Critical,
            new(" has expired", NoMessage, ReplaceToken),
            "has expired", NothingIsSent,
            n => NewToken(n)),

        new(FindingKind.TokenInvalidated, "token-invalidated", Severity.Critical,
            new(" was invalidated by Meta", NoMessage, ReplaceToken),
            "was invalidated by Meta", NothingIsSent,
            n =>
            [
                .. NewToken(n),
                new("Then ask who changed a password or logged out: that ends a person's token, and spares a system user's."),
            ]),

        new(FindingKind.AppRemoved, "app-removed", Severity.Critical,
            new(" lost its app", NoMessage, "Assign the app, and generate a new token"),
            "lost its app: it was removed from the system user", NothingIsSent,
            n =>
            [
                AssignApp(n),
                .. NewToken(n),
            ]),

        new(FindingKind.UserActionRequired, "user-action-required", Severity.Critical,
            new(" is suspended by Meta", NoMessage, "Do what Meta asks for"),
            "is suspended until somebody acts at Meta", NothingIsSent,
            n =>
            [
                new("Log in to Business Settings as an administrator and do what Meta asks for.", BusinessSettings),
                Verify(n),
                .. NewToken(n, "If it stays refused"),
            ]),

        new(FindingKind.TokenUnreadable, "token-unreadable", Severity.Critical,
            new(" is unreadable", NoMessage, RightToken),
            "is not a token that Meta can read", NothingIsSent,
            n =>
            [
                FindRightToken(n),
                .. NewToken(n, "If nobody has it"),
            ]),

        new(FindingKind.TokenInvalid, "token-invalid", Severity.Critical,
            new(" is no longer valid", NoMessage, ReplaceToken),
            "is no longer valid", NothingIsSent,
            n =>
            [
                .. NewToken(n),
                new("To learn why, paste the old token into Meta's own debugger, and into no other page.", Debugger),
            ]),

        new(FindingKind.WrongApp, "wrong-app", Severity.Critical,
            new(" is another app's", "Messages may fail.", "Find out whether token or AppId is wrong"),
            "belongs to the wrong app: {0}",
            "Messages fail, or go out as another app, perhaps another environment's.",
            n =>
            [
                MendAppId(n, "stop here"),
                new("Revoke nothing: something else may be sending with the wrong one."),
                FindRightToken(n),
                .. NewToken(OfItsOwnApp(n), "If nobody has it"),
            ]),

        new(FindingKind.ScopeMissing, "scope-missing", Severity.Critical,
            new(" lacks a scope", "What needs it fails.", "Generate a new token with that scope"),
            "lacks the scope {0}",
            "What needs this scope fails.",
            n => NewToken(n)),

        new(FindingKind.ScopeNarrowed, "scope-narrowed", Severity.Critical,
            new(" covers other accounts only", "Yours is out of its reach.", "Assign your account, then generate a new token"),
            "has the scope {0} for other business accounts only",
            "What needs this scope fails for this WhatsApp account; others may work.",
            n =>
            [
                AssignAccount(n, n.BusinessAccount),
                .. NewToken(n),
            ]),

        new(FindingKind.BusinessAccountUnreachable, "business-account-unreachable", Severity.Critical,
            new(" cannot reach its account", "Messages from that account fail.", "Assign the account to the system user"),
            "cannot read its WhatsApp business account {0}",
            "Messages from this account fail; its templates and numbers are out of reach.",
            n =>
            [
                AssignAccount(n, n.BusinessAccount),
                new("If it is assigned, see in WhatsApp Manager whether the account was restricted, moved or deleted.", WhatsAppManager),
                MendSetting(n, "If another account is meant", "BusinessAccountId"),
                Verify(n),
            ]),

        new(FindingKind.WrongPortfolio, "wrong-portfolio", Severity.Critical,
            new(" uses another portfolio's account", "That business can end it.", "Find out whose account it is"),
            "reaches a business account of another portfolio: {0}",
            "The WhatsApp account is another business's, which can cut you off at any time.",
            n =>
            [
                new($"In Business Settings of {n.Portfolio}, open Accounts > WhatsApp accounts and look for {n.BusinessAccount}.", BusinessSettings),
                new("If it is not there, ask the business that this message names whether it was moved or shared."),
                MendSetting(n, "If another account or portfolio is meant", "BusinessAccountId or BusinessPortfolioId"),
                Verify(n),
            ]),

        new(FindingKind.PhoneNumberUnreachable, "phone-number-unreachable", Severity.Critical,
            new(" cannot reach its number", NoMessage, "Assign the account that holds the number"),
            "cannot read its phone number {0}",
            "No WhatsApp message goes out from this number.",
            n =>
            [
                AssignAccount(n, $"the account that holds {n.PhoneNumber}"),
                new("If it is assigned, see in WhatsApp Manager whether the number was removed or moved.", WhatsAppManager),
                MendSetting(n, "If another number is meant", "PhoneNumberId"),
                Verify(n),
            ]),

        new(FindingKind.PhoneNumberElsewhere, "phone-number-elsewhere", Severity.Critical,
            new(" has another account's number", "Sending from it may fail.", "Find the account that holds the number"),
            "has a phone number that is not its account's: {0}",
            "Messages from this number fail, or count as another account's.",
            n =>
            [
                new($"In WhatsApp Manager, find the account that holds {n.PhoneNumber}; {n.BusinessAccount} is expected.", WhatsAppManager),
                MendSetting(n, "If that account is the right one", "BusinessAccountId"),
                MendSetting(n, "If another number is meant", "PhoneNumberId"),
                new("Mend the integration's settings likewise: it may send from the wrong number."),
                Verify(n),
            ]),

        new(FindingKind.SendingBlocked, "sending-blocked", Severity.Critical,
            new(": Meta blocks sending", NoMessage, "Do what Meta asks for"),
            "cannot send: Meta blocks {0}",
            "No WhatsApp message goes out from this number.",
            AskMetaAboutSending),

        new(FindingKind.TokenExpires, "token-expires", Severity.Warning,
            new(" expires {0}", "Then messages stop.", "Replace it with a new token"),
            "expires {0}",
            "From then on no WhatsApp message goes out.",
            n =>
            [
                .. NewToken(n),
                new("Revoke nothing: the old token works until its end."),
            ]),

        new(FindingKind.DataAccessExpires, "data-access-expires", Severity.Warning,
            new(" loses data access {0}", "Then reading fails.", "Replace it with a new token"),
            "has data access that {0}",
            "After that, calls that read data fail, although the token counts as valid.",
            n => NewToken(n)),

        new(FindingKind.AppCredentialRejected, "app-credential-rejected", Severity.Warning,
            new(" cannot be inspected", "The monitor is half blind.", "Store the app's current secret"),
            "can no longer be inspected: {0}",
            "Messages may go out as before, but the monitor is half blind.",
            n =>
            [
                new($"On the page of {n.App}, open App settings > Basic and press \"Show\" beside the app secret; do not reset it.", AppPage(n)),
                new($"Store it as {n.AppSecret} in {n.Store}, without showing it on a screen (setup step {(int)SetupStep.StoreAppSecret}).", SetupLink(SetupStep.StoreAppSecret)),
                MendSetting(n, "If that app has another id", "AppId"),
                Verify(n),
            ]),

        new(FindingKind.NotSystemUser, "not-system-user", Severity.Warning,
            new(" is no system user token", "It may suddenly end.", "Replace it with a system user's token"),
            "is not a system user's token (type {0})",
            "It dies with that person's password, session or job.",
            n =>
            [
                new($"If there is no system user yet, add one, and assign it {n.App} and {n.BusinessAccount} (setup step {(int)SetupStep.SystemUser}).", SetupLink(SetupStep.SystemUser)),
                .. NewToken(n),
            ]),

        new(FindingKind.TokenShared, "token-shared", Severity.Warning,
            new(" is shared", "Environments are not kept apart.", "Give one environment a token of its own"),
            "is the same token as {0}",
            "One environment can send as the other.",
            n =>
            [
                new("Revoke nothing: both environments send with this token."),
                new($"Decide which environment keeps it; the other gets an app and a system user of its own (setup step {(int)SetupStep.KeepStagingApart}).", SetupLink(SetupStep.KeepStagingApart)),
                .. NewToken(OfItsOwnApp(n), $"If \"{n.Token}\" is the other"),
            ])
        {
            IsSeenWhileBlind = true,
        },

        new(FindingKind.EnvironmentShared, "environment-shared", Severity.Warning,
            new(" is not isolated", "One environment can send as another.", "Keep the environments apart, or accept it"),
            "reaches {0}",
            "One environment can send as the other.",
            n =>
            [
                MendSetting(n, "If an id is the other environment's", "BusinessAccountId or PhoneNumberId"),
                new($"If the two are kept apart, give each an account, an app and a system user of its own (setup step {(int)SetupStep.KeepStagingApart}).", SetupLink(SetupStep.KeepStagingApart)),
                new("If they are meant to share it, add environment-shared to Ignore of both in the monitor's settings."),
                Verify(n),
            ]),

        new(FindingKind.SecretAmbiguous, "secret-ambiguous", Severity.Warning,
            new(" is stored twice, differently", "One may be dead.", "Keep one token under both names"),
            "is stored twice in {0}, and differently: {1}",
            "The monitor checks one of the two; the other may be dead.",
            n =>
            [
                new("If both are tokens, see which one your integration reads; the debugger shows whose each is. Paste it into no other page.", Debugger),
                new("Set WHATSAPP_SYSTEM_USER_TOKEN to the right one; on a line below it, without single quotes, WHATSAPP_API_TOKEN to ${WHATSAPP_SYSTEM_USER_TOKEN}."),
                new("Restart what sends messages, if it reads the token only when it starts."),
                Verify(n),
            ])
        {
            IsSeenWhileBlind = true,
        },

        new(FindingKind.AccessReduced, "access-reduced", Severity.Warning,
            new(" lost full account control", "Managing the account may fail.", "Give the system user full control again"),
            "has no full control of its business account: {0}",
            "Managing templates, numbers and webhooks may fail.",
            n =>
            [
                AssignAccount(n, n.BusinessAccount),
                Verify(n),
            ]),

        new(FindingKind.AppNotSubscribed, "app-not-subscribed", Severity.Warning,
            new(": app is not subscribed", "Replies do not reach you.", "Subscribe the app to the account"),
            "has an app, {0}, that is not subscribed to the business account",
            "Replies and delivery reports do not arrive.",
            n =>
            [
                new($"Subscribe {n.App} to {n.BusinessAccount} with the command of setup step {(int)SetupStep.SubscribeApp}.", SetupLink(SetupStep.SubscribeApp)),
                new("On the app's page, open WhatsApp > Configuration; see that the callback URL is yours and the field \"messages\" is subscribed.", AppPage(n)),
                Verify(n),
            ]),

        new(FindingKind.SendingLimited, "sending-limited", Severity.Warning,
            new(": Meta limits sending", "Some messages are held back.", "Do what Meta asks for"),
            "can send only so much: Meta limits {0}",
            "Some messages are held back or refused.",
            AskMetaAboutSending),

        new(FindingKind.SecretExpires, "secret-expires", Severity.Warning,
            new(": its secret expires {0}", "Nothing stops yet.", "Move the date, or replace the token"),
            "is kept in a secret that {0}, by the vault's date",
            "Nothing yet: Meta ignores the date, but programs that heed it may stop.",
            n =>
            [
                InVault($"If the token is to stay, move or remove the expiration date of the secret {n.Secret} in {n.Store}.", n),
                .. NewToken(n, "If the date was meant"),
            ])
        {
            IsSeenWhileBlind = true,
        },

        new(FindingKind.GraphVersionExpired, "graph-version-expired", Severity.Warning,
            new(": Graph version has expired", "Nothing breaks yet.", "Choose a current Graph version"),
            "was checked against another Graph version: {0}",
            "Nothing yet, but Meta's answers may change, also for your integration.",
            n =>
            [
                new("Choose a current version, and set TokenMonitor__Graph__Version to it in the monitor's settings.", Changelog),
                new("See which version your integration asks for, and move it likewise."),
                Verify(n),
            ])
        {
            IsSeenWhileBlind = true,
        },
    ];

    private static readonly FrozenDictionary<FindingKind, FindingDefinition> ByKind = All.ToFrozenDictionary(definition => definition.Kind);

    private static readonly FrozenDictionary<FindingKind, int> Order =
        All.Index().ToFrozenDictionary(definition => definition.Item.Kind, definition => definition.Index);

    private static readonly FrozenDictionary<string, FindingDefinition> ById =
        All.ToFrozenDictionary(definition => definition.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>The ways in which a token can be dead.</summary>
    public static ImmutableArray<FindingKind> Deaths { get; } =
    [
        FindingKind.TokenRevoked, FindingKind.TokenExpired, FindingKind.TokenInvalidated, FindingKind.AppRemoved,
        FindingKind.UserActionRequired, FindingKind.TokenUnreadable, FindingKind.TokenInvalid,
    ];

    /// <summary>Whether a finding says that the token is dead.</summary>
    public static bool IsDeath(FindingKind kind) => Deaths.Contains(kind);

    /// <summary>
    /// Whether a finding is one about the token's life: a death, or its nearing end. A token has one life: where one of these takes the
    /// place of another, the other is not mended.
    /// </summary>
    public static bool IsAboutLife(FindingKind kind) => IsDeath(kind) || kind is FindingKind.TokenExpires;

    /// <summary>Where a kind stands in the order in which equally bad findings are told.</summary>
    public static int IndexOf(FindingKind kind) => Order[kind];

    /// <summary>The definition of a kind.</summary>
    public static FindingDefinition Of(FindingKind kind) => ByKind[kind];

    /// <summary>The definition with this id, or null.</summary>
    public static FindingDefinition? Find(string id) => ById.GetValueOrDefault(id);

    // The system user that Graph names is the wrong token's, not the one to look for.
    private static TokenNames OfItsOwnApp(TokenNames n) => n with { SystemUser = $"the system user of {n.App}" };
}
