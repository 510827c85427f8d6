using System.Collections.Frozen;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>Every kind of finding there is, in the order in which equally bad ones are told.</summary>
public static class FindingCatalogue
{
    private const string NothingIsSent = "No WhatsApp message goes out: every call with this token fails.";

    internal static readonly Link BusinessSettings = new("Business Settings", new Uri("https://business.facebook.com/settings"));

    private static readonly Link Debugger = new("Access token debugger", new Uri("https://developers.facebook.com/tools/debug/accesstoken"));

    private static readonly Link WhatsAppManager = new("WhatsApp Manager", new Uri("https://business.facebook.com/wa/manage/home"));

    /// <summary>All definitions.</summary>
    public static IReadOnlyList<FindingDefinition> All { get; } =
    [
        new(FindingKind.SecretMissing, "secret-missing", Severity.Critical,
            "is missing: there is no secret {0} in {1}",
            "Whatever reads the token from there gets nothing, and sends nothing.",
            n => NewToken(n, $"If it was deleted by mistake, recover the deleted secret {n.Secret} in {n.Store}; if not, go on.")),

        new(FindingKind.SecretDisabled, "secret-disabled", Severity.Critical,
            "is disabled: the secret {0} in {1} is switched off",
            "Whatever reads the token from there is refused, and sends nothing.",
            n =>
            [
                new($"Open the secret {n.Secret} in {n.Store} and enable its current version."),
                new("If somebody disabled it on purpose, because the token leaked, make a new one instead."),
                .. NewToken(n),
            ]),

        new(FindingKind.SecretMalformed, "secret-malformed", Severity.Critical,
            "is not a usable token: {0}",
            "Whatever reads the token from there sends something that Meta does not take: no WhatsApp message goes out.",
            n =>
            [
                new($"Store the bare token, without anything around it, as a new version of the secret {n.Secret} in {n.Store}."),
                new("A token is shown only once. If you no longer have it, make a new one."),
                .. NewToken(n),
            ]),

        new(FindingKind.TokenRevoked, "token-revoked", Severity.Critical, "was revoked", NothingIsSent,
            n => NewToken(n)),

        new(FindingKind.TokenExpired, "token-expired", Severity.Critical, "has expired", NothingIsSent,
            n => NewToken(n)),

        new(FindingKind.TokenInvalidated, "token-invalidated", Severity.Critical, "was invalidated by Meta", NothingIsSent,
            n =>
            [
                .. NewToken(n),
                new("Ask who changed a password, logged out everywhere, or whether Meta asked for a security check.", BusinessSettings),
            ]),

        new(FindingKind.AppRemoved, "app-removed", Severity.Critical, "no longer works: its app was removed from the system user", NothingIsSent,
            n =>
            [
                new($"In Business Settings, open Users > System users > {n.SystemUser} > Assign assets, and assign the app {n.App} with full control.", BusinessSettings),
                .. NewToken(n),
            ]),

        new(FindingKind.UserActionRequired, "user-action-required", Severity.Critical, "is suspended until somebody acts at Meta", NothingIsSent,
            n =>
            [
                new("Log in to Business Settings as an administrator and do what Meta asks for (confirm the account, pass the security check).", BusinessSettings),
                .. NewToken(n, "If the token stays refused afterwards, make a new one."),
            ]),

        new(FindingKind.TokenUnreadable, "token-unreadable", Severity.Critical, "is not a token that Meta can read", NothingIsSent,
            n =>
            [
                new($"Compare what is stored as {n.Secret} in {n.Store} with what was generated: it may have been cut short or altered when it was pasted."),
                .. NewToken(n, "A token is shown only once. If you no longer have it, make a new one."),
            ]),

        new(FindingKind.TokenInvalid, "token-invalid", Severity.Critical, "is no longer valid", NothingIsSent,
            n =>
            [
                .. NewToken(n),
                new("To see what Meta says about the old one, paste it into the debugger.", Debugger),
            ]),

        new(FindingKind.WrongApp, "wrong-app", Severity.Critical, "belongs to the wrong app: {0}",
            "Messages, if any, go out in the name of another app, perhaps another environment's; webhooks and limits are that app's.",
            n => NewToken(n)),

        new(FindingKind.ScopeMissing, "scope-missing", Severity.Critical, "lacks the scope {0}",
            "Calls that take this scope fail.",
            n => NewToken(n)),

        new(FindingKind.ScopeNarrowed, "scope-narrowed", Severity.Critical, "has the scope {0} for other business accounts only",
            "Calls for this WhatsApp account fail, while those for other accounts may work.",
            n =>
            [
                Assign(n, $"the WhatsApp account {n.BusinessAccount}"),
                .. NewToken(n),
            ]),

        new(FindingKind.BusinessAccountUnreachable, "business-account-unreachable", Severity.Critical, "cannot read its WhatsApp business account {0}",
            "Calls for this account fail: messages, templates and numbers of it are out of reach.",
            n =>
            [
                Assign(n, $"the WhatsApp account {n.BusinessAccount}"),
                new("If it is assigned, look in WhatsApp Manager whether the account was restricted, moved or deleted.", WhatsAppManager),
                Verify(n),
            ]),

        new(FindingKind.WrongPortfolio, "wrong-portfolio", Severity.Critical, "reaches a business account of another portfolio: {0}",
            "The WhatsApp account is not yours to rely on: its owner can cut it off, and pays for what is sent.",
            n =>
            [
                new($"In Business Settings of {n.Portfolio}, open Accounts > WhatsApp accounts and see whether {n.BusinessAccount} was moved or never belonged there.", BusinessSettings),
                new($"If another account is meant, mend BusinessAccountId of \"{n.Token}\" in the monitor's settings."),
                Verify(n),
            ]),

        new(FindingKind.PhoneNumberUnreachable, "phone-number-unreachable", Severity.Critical, "cannot read its phone number {0}",
            "No message can be sent from this number with this token.",
            n =>
            [
                Assign(n, $"the WhatsApp account that holds {n.PhoneNumber}"),
                new("If it is assigned, look in WhatsApp Manager whether the number was removed or moved to another account.", WhatsAppManager),
                Verify(n),
            ]),

        new(FindingKind.PhoneNumberElsewhere, "phone-number-elsewhere", Severity.Critical, "is set up with a phone number that is not its account's: {0}",
            "Messages from this number are not this account's to send.",
            n =>
            [
                new($"In WhatsApp Manager, see which account holds the number, and whether {n.BusinessAccount} is the one that is meant.", WhatsAppManager),
                new($"Mend PhoneNumberId or BusinessAccountId of \"{n.Token}\" in the monitor's settings and in the integration's."),
                Verify(n),
            ]),

        new(FindingKind.SendingBlocked, "sending-blocked", Severity.Critical, "is well, but Meta blocks sending from {0}",
            "No WhatsApp message goes out from this number, although the token works.",
            n =>
            [
                new("Open WhatsApp Manager and do what Meta asks for there.", WhatsAppManager),
                Verify(n),
            ]),

        new(FindingKind.TokenExpires, "token-expires", Severity.Warning, "expires {0}",
            "From then on no WhatsApp message goes out. An expired token cannot be renewed; the new one is another string.",
            n => NewToken(n)),

        new(FindingKind.DataAccessExpires, "data-access-expires", Severity.Warning, "loses its access to data {0}",
            "From then on calls that read data fail, although the token still counts as valid.",
            n => NewToken(n)),

        new(FindingKind.AppCredentialRejected, "app-credential-rejected", Severity.Warning, "can no longer be inspected: {0}",
            "The monitor is half blind: it cannot see the token's expiry, app and scopes. Messages may go out as before.",
            n =>
            [
                new($"Open the app {n.App} > App settings > Basic, and show its app secret.", AppPage(n)),
                new($"Store it as a new version of the secret {n.AppSecret} in {n.Store}."),
                new($"See that AppId of \"{n.Token}\" in the monitor's settings is that app's."),
                Verify(n),
            ]),

        new(FindingKind.NotSystemUser, "not-system-user", Severity.Warning, "is not a system user's token but of type {0}",
            "It works, and dies with that person's password, session or job.",
            n => NewToken(n)),

        new(FindingKind.TokenShared, "token-shared", Severity.Warning, "is the same token as {0}",
            "The environments are not kept apart: staging can send as production, and revoking one cuts off the other.",
            n => NewToken(n, $"Decide which environment keeps this token; make the other a token of its own.")),

        new(FindingKind.EnvironmentShared, "environment-shared", Severity.Warning, "reaches {0}",
            "The environments are not kept apart: whoever sends as one can send as the other.",
            n =>
            [
                new("Give each environment a WhatsApp account of its own; a number can be moved to another account in WhatsApp Manager.", WhatsAppManager),
                new($"In Business Settings, open Users > System users > {n.SystemUser}, and take from it the account that is another environment's.", BusinessSettings),
                new($"If the two are meant to share it, accept that: set TokenMonitor__Tokens__{n.Token}__Ignore__0 to environment-shared, and the same for the other name."),
                Verify(n),
            ]),

        new(FindingKind.SecretAmbiguous, "secret-ambiguous", Severity.Warning, "is stored twice in {0}, and differently: {1} is not the same token",
            "The monitor checks the one. What uses the other may be sending with another token, or with a dead one.",
            n =>
            [
                new("See which of the two your integration reads. To see whose each of them is, paste it into the debugger.", Debugger),
                new("Set WHATSAPP_SYSTEM_USER_TOKEN to the right one, and the other name to what that holds: WHATSAPP_API_TOKEN=${WHATSAPP_SYSTEM_USER_TOKEN}."),
                Verify(n),
            ]),

        new(FindingKind.AccessReduced, "access-reduced", Severity.Warning, "has no longer full control of its business account: {0}",
            "Managing templates, numbers and webhooks may fail; somebody is taking the account away from the system user.",
            n =>
            [
                Assign(n, $"the WhatsApp account {n.BusinessAccount}"),
                Verify(n),
            ]),

        new(FindingKind.AppNotSubscribed, "app-not-subscribed", Severity.Warning, "works, but its app {0} is not subscribed to the business account",
            "Messages go out, but neither replies nor delivery reports reach your webhook.",
            n =>
            [
                new($"Subscribe the app {n.App} to the account {n.BusinessAccount}: the app's page > WhatsApp > Configuration > Webhook.", AppPage(n)),
                Verify(n),
            ]),

        new(FindingKind.SendingLimited, "sending-limited", Severity.Warning, "is well, but Meta limits sending from {0}",
            "Some messages are held back or refused.",
            n =>
            [
                new("Open WhatsApp Manager and do what Meta asks for there.", WhatsAppManager),
                Verify(n),
            ]),

        new(FindingKind.SecretExpires, "secret-expires", Severity.Warning, "is stored in a secret that, by the vault, {0}",
            "The date binds Meta not at all, but programs and policies that heed it may stop using the secret.",
            n =>
            [
                new($"If the token is still right, move or remove the expiry date of the secret {n.Secret} in {n.Store}; if the date was meant, make a new token."),
                .. NewToken(n),
            ]),

        new(FindingKind.GraphVersionExpired, "graph-version-expired", Severity.Warning, "was inspected by another Graph version than asked for: {0}",
            "Nothing yet. Meta answers for an expired version with the next one, whose answers may differ; your integration may depend on the same version.",
            n =>
            [
                new("Set TokenMonitor__Graph__Version to a current version, and see which one your integration uses.", new Link("Graph API changelog", new Uri("https://developers.facebook.com/docs/graph-api/changelog"))),
            ]),
    ];

    private static readonly FrozenDictionary<FindingKind, FindingDefinition> ByKind = All.ToFrozenDictionary(definition => definition.Kind);

    private static readonly FrozenDictionary<FindingKind, int> Order =
        All.Index().ToFrozenDictionary(definition => definition.Item.Kind, definition => definition.Index);

    private static readonly FrozenDictionary<string, FindingDefinition> ById =
        All.ToFrozenDictionary(definition => definition.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a finding is one about the token's life, its nearing end among them. A token has one life: where one of these takes the
    /// place of another, the other is not mended.
    /// </summary>
    public static bool IsAboutLife(FindingKind kind) => kind is FindingKind.TokenRevoked or FindingKind.TokenExpired or FindingKind.TokenInvalidated
        or FindingKind.AppRemoved or FindingKind.UserActionRequired or FindingKind.TokenUnreadable or FindingKind.TokenInvalid or FindingKind.TokenExpires;

    /// <summary>Where a kind stands in the order in which equally bad findings are told.</summary>
    public static int IndexOf(FindingKind kind) => Order[kind];

    /// <summary>The definition of a kind.</summary>
    public static FindingDefinition Of(FindingKind kind) => ByKind[kind];

    /// <summary>The definition with this id, or null.</summary>
    public static FindingDefinition? Find(string id) => ById.GetValueOrDefault(id);

    private static RemedyStep[] NewToken(TokenNames n, string? before = null) =>
    [
        .. before is null ? Array.Empty<RemedyStep>() : [new RemedyStep(before)],
        new($"In Business Settings, open Users > System users > {n.SystemUser} and press \"Generate token\".", BusinessSettings),
        new($"Choose the app {n.App}, expiration \"{n.Expiration}\", and tick {n.Scopes}."),
        new($"Store it as a new version of the secret {n.Secret} in {n.Store}."),
        Verify(n),
    ];

    private static RemedyStep Assign(TokenNames n, string asset) =>
        new($"In Business Settings, open Users > System users > {n.SystemUser} > Assign assets, and assign {asset} with full control.", BusinessSettings);

    private static RemedyStep Verify(TokenNames n) => new($"Run \"tokenmonitor check\", or wait for the next hourly check, and see \"{n.Token}\" healthy.");

    private static Link? AppPage(TokenNames n) =>
        n.AppId is { } id && id.All(char.IsAsciiDigit) ? new Link("The app's page", new Uri($"https://developers.facebook.com/apps/{id}")) : null;
}
