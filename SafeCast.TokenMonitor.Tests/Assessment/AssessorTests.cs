using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Tests.Support;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Assessment;

public sealed class AssessorTests
{
    private const string Messaging = "whatsapp_business_messaging";
    private const string Management = "whatsapp_business_management";

    private static readonly GraphError NotThere = Error(100, 33, "Unsupported get request. Object does not exist, cannot be loaded due to missing permissions");
    private static readonly GraphError NotAllowed = Error(200, null, "(#200) You do not have the necessary permissions", 403);
    private static readonly GraphError MissingPermission = Error(100, null, "(#100) Missing Permission");
    private static readonly GraphError NoBusiness = Error(100, null, "(#100) Param business must be a valid business");
    private static readonly GraphError WrongAppSecret = Error(190, null, "Invalid OAuth access token signature.");
    private static readonly GraphError AppBlocked = Error(200, null, "API access blocked.", 403);

    /// <summary>One row of a table: a sentence, what differs from a healthy situation, and the findings as "severity id".</summary>
    public sealed class Row
    {
        internal Row(string sentence, Func<Situation, Situation> change, params string[] findings) =>
            (Sentence, Change, Findings) = (sentence, change, findings);

        internal string Sentence { get; }

        internal Func<Situation, Situation> Change { get; }

        internal string[] Findings { get; }

        public override string ToString() => Sentence;
    }

    public static TheoryData<Row> FallingShort { get; } =
    [
        // The token's life. is_valid decides, then the subcode, then what else is known.
        new("subcode 466: revoked", s => s.Dead(Error(190, 466, "Error validating access token"), d => d with { Scopes = [] }), "Critical token-revoked"),
        new("revoked, though it never expires and its scopes are still listed", s => s.Dead(Error(190, 466, "x")), "Critical token-revoked"),
        new("revoked, though its end has passed since", s => s.Dead(Error(190, 466, "x"), d => d with { ExpiresAt = In(-1) }), "Critical token-revoked"),
        new("revoked, though nothing else is said of it", s => s.Dead(Error(190, 466, "x"), d => d with { AppId = null, Type = null }), "Critical token-revoked"),
        new("subcode 463: expired", s => s.Dead(Error(190, 463, "Session has expired")), "Critical token-expired"),
        new("not valid, no subcode, and its end has passed: expired", s => s.Dead(Error(190, null, "x"), d => d with { ExpiresAt = In(-1) }), "Critical token-expired"),
        new("said to be valid, but its end has passed: expired", s => s.Debug(d => d with { ExpiresAt = In(-1) }), "Critical token-expired"),
        new("its end is this very moment: expired", s => s.Debug(d => d with { ExpiresAt = In(0) }), "Critical token-expired"),
        new("subcode 460: invalidated", s => s.Dead(Error(190, 460, "The session has been invalidated")), "Critical token-invalidated"),
        new("subcode 467: invalidated", s => s.Dead(Error(190, 467, "The user logged out")), "Critical token-invalidated"),
        new("subcode 458: the app was removed", s => s.Dead(Error(190, 458, "The user has not authorized application")), "Critical app-removed"),
        new("subcode 459: a person must log in", s => s.Dead(Error(190, 459, "The user is enrolled in a blocking checkpoint")), "Critical user-action-required"),
        new("subcode 464: a person must confirm", s => s.Dead(Error(190, 464, "The user is not a confirmed user")), "Critical user-action-required"),
        new("Graph cannot parse it", s => s.Dead(Error(190, null, "Invalid OAuth access token - Cannot parse access token"), d => new DebugToken { IsValid = false, Scopes = [], Error = d.Error }), "Critical token-unreadable"),
        new("Graph cannot decrypt it", s => s.Dead(Error(190, null, "The access token could not be decrypted"), d => new DebugToken { IsValid = false, Scopes = [], Error = d.Error }), "Critical token-unreadable"),
        new("not valid, with a subcode that is unknown", s => s.Dead(Error(190, 999, "x")), "Critical token-invalid"),
        new("not valid, with a code that is unknown", s => s.Dead(Error(987654, null, "x")), "Critical token-invalid"),
        new("not valid, with no subcode", s => s.Dead(Error(190, null, "x")), "Critical token-invalid"),
        new("not valid, without a reason", s => s.Dead(null), "Critical token-invalid"),
        new("not valid, although the subcode is about a valid token", s => s.Dead(Error(190, 492, "x")), "Critical token-invalid"),
        new("said to be valid, but refused as revoked in use", s => s.Seen(i => i with { PhoneNumber = Error(190, 466, "x", 401) }), "Critical token-revoked"),
        new("said to be valid, but refused in use without a reason", s => s.Seen(i => i with { AssignedUsers = Error(190, null, "Invalid OAuth access token.", 401) }), "Critical token-invalid"),
        new(
            "rejected in use, and the app credential is rejected too: both are findings",
            s => s.OnlyTheTokenItself(new AppCredentialStatus.Rejected(WrongAppSecret)).WithoutAssets().Seen(i => i with { Me = Error(190, 466, "x", 401), ScopeGrants = null }),
            "Critical token-revoked", "Warning app-credential-rejected"),

        new("its app is deleted, by debug_token", s => s.Dead(Error(190, null, "Error validating application. Application has been deleted.")), "Critical app-unavailable"),
        new(
            "its app is blocked, for its own calls and for the app's",
            s => s.OnlyTheTokenItself(new AppCredentialStatus.Rejected(AppBlocked)).WithoutAssets().Seen(i => i with { Debug = AppBlocked, Me = AppBlocked, ScopeGrants = null }),
            "Critical app-unavailable"),
        new("its app is said to be accepted, and an asset answers that it is deactivated", s => s.Seen(i => i with { BusinessAccount = Error(200, null, "API access deactivated.", 403) }), "Critical app-unavailable"),
        new(
            "another app is configured, which is blocked, and the token works",
            s => s.OnlyTheTokenItself(new AppCredentialStatus.Rejected(AppBlocked)),
            "Warning app-credential-rejected"),

        // Its end.
        new("should never expire, and does in 59 days", s => s.Debug(d => d with { ExpiresAt = In(59) }), "Warning token-expires"),
        new("expires in a little more than 7 days", s => s.Debug(d => d with { ExpiresAt = In(7.001) }), "Warning token-expires"),
        new("expires in 7 days", s => s.Debug(d => d with { ExpiresAt = In(7) }), "Critical token-expires"),
        new("expires within the minute", s => s.Debug(d => d with { ExpiresAt = In(0.0001) }), "Critical token-expires"),
        new("is renewed, and 30 days are left", s => s.Renewed().Debug(d => d with { ExpiresAt = In(30) }), "Warning token-expires"),
        new("is renewed, and 7 days are left", s => s.Renewed().Debug(d => d with { ExpiresAt = In(7) }), "Critical token-expires"),
        new("is renewed, and has expired", s => s.Renewed().Debug(d => d with { ExpiresAt = In(-1) }), "Critical token-expired"),
        new("should never expire, and its access to data ends in 80 days", s => s.Debug(d => d with { DataAccessExpiresAt = In(80) }), "Warning data-access-expires"),
        new("its access to data ends tomorrow", s => s.Debug(d => d with { DataAccessExpiresAt = In(1) }), "Warning data-access-expires"),
        new("its access to data has ended", s => s.Debug(d => d with { DataAccessExpiresAt = In(-1) }), "Critical data-access-expires"),
        new("its access to data ends this very moment", s => s.Debug(d => d with { DataAccessExpiresAt = In(0) }), "Critical data-access-expires"),
        new("is renewed, and its access to data ends in 30 days", s => s.Renewed().Debug(d => d with { DataAccessExpiresAt = In(30) }), "Warning data-access-expires"),

        new("the token and its data access expire on the same day", s => s.Debug(d => d with { ExpiresAt = In(59), DataAccessExpiresAt = In(59.5) }), "Warning token-expires"),
        new("its data access expires a day before the token", s => s.Debug(d => d with { ExpiresAt = In(59), DataAccessExpiresAt = In(58) }), "Warning token-expires", "Warning data-access-expires"),
        new("its data access has expired, and the token does within the day", s => s.Debug(d => d with { ExpiresAt = In(0.2), DataAccessExpiresAt = In(-0.1) }), "Critical token-expires", "Critical data-access-expires"),
        new("a temporary developer token", s => s.Debug(d => d with { Type = "USER", IssuedAt = Now.AddHours(-12), ExpiresAt = In(0.5) }), "Critical token-expires", "Warning not-system-user"),

        // Its scopes.
        new("lacks one scope", s => s.Scopes(Management), "Critical scope-missing"),
        new("lacks all scopes", s => s.Scopes(), "Critical scope-missing"),
        new("has scopes that only begin like the required ones", s => s.Scopes(Messaging + "_x", Management), "Critical scope-missing"),
        new("lacks a scope that the configuration asks for on top", s => s.Expected(e => e with { RequiredScopes = [.. e.RequiredScopes, "business_management"] }), "Critical scope-missing"),
        new(
            "lacks a scope by its own account, where its app cannot be asked",
            s => s.OnlyTheTokenItself(new AppCredentialStatus.NotConfigured()).Seen(i => i with { ScopeGrants = Rows(new ScopeGrant(Management, IsGranted: true), new ScopeGrant(Messaging, IsGranted: false)) }),
            "Critical scope-missing"),
        new(
            "lacks the management scope, without which its assets cannot be read: the scope is the cause, not the assets",
            s => s.Scopes(Messaging).Seen(i => i with
            {
                PhoneNumber = NotAllowed, BusinessAccount = NotAllowed, PhoneNumberIds = NotAllowed, SubscribedAppIds = NotAllowed, Owner = NotThere, AssignedUsers = NotThere,
            }),
            "Critical scope-missing"),
        new("a scope that is not WhatsApp's is for a portfolio, as it should be, and one of WhatsApp's for other accounts only", s => s.WithBusinessManagement().Targets(Messaging, "999999999999999"), "Critical scope-narrowed"),
        new("has a scope for other accounts only", s => s.Targets(Messaging, "999999999999999"), "Critical scope-narrowed"),
        new("has both scopes for other accounts only", s => s.Targets(Messaging, "999999999999999").Targets(Management, "999999999999999"), "Critical scope-narrowed"),

        new("the management scope is not listed, and what needs it can be read", s => s.Scopes(Messaging, "whatsapp_business_manage_events"), "Warning scope-missing"),
        new("the management scope is not listed, and one thing that needs it cannot be read", s => s.Scopes(Messaging).Seen(i => i with { PhoneNumber = NotAllowed }), "Critical scope-missing"),
        new("the management scope is not listed, and nothing is configured that needs it", s => s.Scopes(Messaging).WithoutAssets().Expected(e => e with { BusinessAccountId = null, PhoneNumberId = null, BusinessPortfolioId = null }), "Critical scope-missing"),
        new("both scopes are not listed", s => s.Scopes("public_profile"), "Critical scope-missing"),

        // Whose it is.
        new("is a person's", s => s.Debug(d => d with { Type = "USER" }), "Warning not-system-user"),
        new("is a page's", s => s.Debug(d => d with { Type = "PAGE" }), "Warning not-system-user"),
        new("is an app's", s => s.Debug(d => d with { Type = "APP" }), "Warning not-system-user"),
        new("is another app's, by debug_token", s => s.Debug(d => d with { AppId = "543210987654321" }), "Critical wrong-app"),
        new(
            "is another app's, by Graph's refusal to inspect it",
            s => s.OnlyTheTokenItself(new AppCredentialStatus.Accepted())
                .Seen(i => i with { BelongsToAnotherApp = true, Debug = Error(100, null, "(#100) The App_id in the input_token did not match the Viewing App") }),
            "Critical wrong-app"),
        new("is held under another name too", s => s with { Settings = new([], ["staging"]) }, "Warning token-shared"),
        new("another name has the same account and number", s => s.Beside("staging", AccountId, PhoneId), "Warning environment-shared"),
        new("another name has the same account and a number of its own", s => s.Beside("staging", AccountId, "106540352242999"), "Warning environment-shared"),
        new("another name has the same number", s => s.Beside("staging", null, PhoneId), "Warning environment-shared"),
        new(
            "another name has the same token, account and number: one cause",
            s => s.Beside("staging", AccountId, PhoneId) with { Settings = new([], ["staging"]) { Others = s.Beside("staging", AccountId, PhoneId).Settings.Others } },
            "Warning token-shared"),
        new("differs from what stands under its other name", s => s.Attributes(a => a with { ContradictedBy = "WHATSAPP_API_TOKEN" }), "Warning secret-ambiguous"),

        // Its secret.
        new("is not in the vault", s => s.Read(new SecretReading.Missing()), "Critical secret-missing"),
        new("is disabled in the vault", s => s.Read(new SecretReading.Disabled()), "Critical secret-disabled"),
        new("is no token by its looks", s => s.Read(Malformed(null)), "Critical secret-malformed"),
        new("is no token by its looks, and expires in the vault", s => s.Read(Malformed(Now.AddDays(3))), "Critical secret-malformed", "Warning secret-expires"),
        new("expires in the vault in 30 days", s => s.SecretEnds(Now.AddDays(30)), "Warning secret-expires"),
        new("is not active in the vault before tomorrow", s => s.Attributes(x => x with { NotBefore = Now.AddDays(1) }), "Warning secret-expires"),
        new("has expired in the vault, which gives it out all the same", s => s.SecretEnds(Now.AddDays(-30)), "Warning secret-expires"),

        // What it reaches.
        new("cannot see its account", s => s.Seen(i => i with { BusinessAccount = NotThere }), "Critical business-account-unreachable"),
        new("may not see its account", s => s.Seen(i => i with { BusinessAccount = Error(10, null, "(#10) Application does not have permission", 403) }), "Critical business-account-unreachable"),
        new("its account is locked", s => s.Seen(i => i with { BusinessAccount = Error(131031, null, "Account has been locked", 403) }), "Critical business-account-unreachable"),
        new(
            "its account answers with an error, and so do the account's lists: one finding",
            s => s.Seen(i => i with { BusinessAccount = NotThere, PhoneNumberIds = NotThere, SubscribedAppIds = NotThere, Owner = NotThere, AssignedUsers = NotThere }),
            "Critical business-account-unreachable"),
        new("cannot see its number", s => s.Seen(i => i with { PhoneNumber = NotThere }), "Critical phone-number-unreachable"),
        new("may not see its number", s => s.Seen(i => i with { PhoneNumber = Error(131005, null, "Access denied", 403) }), "Critical phone-number-unreachable"),
        new(
            "lives, has its scopes, and every asset answers 100/33",
            s => s.Seen(i => i with { BusinessAccount = NotThere, PhoneNumber = NotThere, PhoneNumberIds = NotThere, SubscribedAppIds = NotThere, Owner = NotThere, AssignedUsers = NotThere }),
            "Critical business-account-unreachable", "Critical phone-number-unreachable"),
        new("its number is not among the account's", s => s.Seen(i => i with { PhoneNumberIds = Rows("111111111111111", "222222222222222") }), "Critical phone-number-elsewhere"),
        new("its account has no numbers", s => s.Seen(i => i with { PhoneNumberIds = Rows<string>() }), "Critical phone-number-elsewhere"),
        new("another portfolio owns its account", s => s.Seen(i => i with { Owner = new Identity("999999999999999", "Fabrikam") }), "Critical wrong-portfolio"),
        new("its system user is no longer assigned to the account", s => s.Seen(i => i with { AssignedUsers = Rows(new AssignedUser("1", "Another user", ["MANAGE"])) }), "Warning access-reduced"),
        new("no user is assigned to the account", s => s.Seen(i => i with { AssignedUsers = Rows<AssignedUser>() }), "Warning access-reduced"),
        new("its system user has no full control", s => s.Seen(i => i with { AssignedUsers = Rows(new AssignedUser(UserId, null, ["DEVELOP", "MANAGE_PHONE"])) }), "Warning access-reduced"),
        new("its system user has no task at all", s => s.Seen(i => i with { AssignedUsers = Rows(new AssignedUser(UserId, null, [])) }), "Warning access-reduced"),
        new("its app is not among the subscribed ones", s => s.Seen(i => i with { SubscribedAppIds = Rows("999999999999999") }), "Warning app-not-subscribed"),
        new("no app is subscribed", s => s.Seen(i => i with { SubscribedAppIds = Rows<string>() }), "Warning app-not-subscribed"),

        new("the payment of its account failed", s => s.Seen(i => i with { BusinessAccount = Error(131042, null, "(#131042) Business eligibility payment issue") }), "Critical business-account-unreachable"),

        // The state and the quality of its number.
        .. from status in (string[])["BANNED", "DISCONNECTED", "DELETED", "MIGRATED", "PENDING", "UNVERIFIED", "RESTRICTED", "banned"]
           select new Row($"its number has the status {status}", s => s.Number(n => n with { Status = status }), "Critical phone-number-not-connected"),
        .. from status in (string[])["FLAGGED", "RATE_LIMITED"]
           select new Row($"its number has the status {status}", s => s.Number(n => n with { Status = status }), "Warning phone-number-not-connected"),
        new("its number is not registered", s => s.Seen(i => i with { PhoneNumber = Error(133010, null, "(#133010) Phone number not registered") }), "Critical phone-number-not-connected"),
        new("Meta bans its number and blocks sending: one finding", s => s.Number(n => n with { Status = "BANNED" }).Health("BLOCKED"), "Critical sending-blocked"),
        new("Meta flags its number and limits sending: one finding", s => s.Number(n => n with { Status = "FLAGGED" }).Health("LIMITED"), "Warning sending-limited"),
        new("Meta limits sending, and its number is disconnected", s => s.Number(n => n with { Status = "DISCONNECTED" }).Health("LIMITED"), "Critical phone-number-not-connected", "Warning sending-limited"),
        new("the quality of its number is low", s => s.Number(n => n with { QualityRating = "RED" }), "Warning quality-low"),

        // Whether Meta lets it send.
        new("Meta blocks sending", s => s.Health("BLOCKED"), "Critical sending-blocked"),
        new("Meta blocks sending, in small letters", s => s.Health("blocked"), "Critical sending-blocked"),
        new("Meta limits sending", s => s.Health("LIMITED"), "Warning sending-limited"),

        new("the overall word is available, and one entity is blocked", s => s.Health("AVAILABLE", new SendingEntity("APP", AppId, "BLOCKED", [], [])), "Critical sending-blocked"),
        new("the overall word is missing, and one entity is limited", s => s.Health(null, new SendingEntity("WABA", AccountId, "LIMITED", [], [])), "Warning sending-limited"),
        new("calling blocks the overall word, and one entity is limited for messages", s => s.Health("BLOCKED", new SendingEntity("WABA", AccountId, "LIMITED", [new("138025", "SIP is not enabled/configured", null)], [])), "Warning sending-limited"),
        new("an error about messages supports the overall word", s => s.Health("LIMITED", new SendingEntity("WABA", AccountId, "AVAILABLE", [new("141006", "Payment issue", null)], [])), "Warning sending-limited"),

        // Whether the monitor sees.
        new("Graph refuses the app's secret, and the token may inspect itself", s => s.Seen(i => i with { AppCredential = new AppCredentialStatus.Rejected(WrongAppSecret), Source = InspectionSource.SelfInspection }), "Warning app-credential-rejected"),
        new("Graph refuses the app's secret, and the token works", s => s.OnlyTheTokenItself(new AppCredentialStatus.Rejected(WrongAppSecret)), "Warning app-credential-rejected"),
        new("the configured app does not exist", s => s.OnlyTheTokenItself(new AppCredentialStatus.Rejected(Error(101, null, "Error validating application. Cannot get application info due to a system error."))), "Warning app-credential-rejected"),
        new("the app's secret is not in the vault", s => s.OnlyTheTokenItself(new AppCredentialStatus.NotRead(new SecretReading.Missing())), "Warning app-credential-rejected"),
        new("the app's secret is disabled", s => s.OnlyTheTokenItself(new AppCredentialStatus.NotRead(new SecretReading.Disabled())), "Warning app-credential-rejected"),
        new("the app's secret is none by its looks", s => s.OnlyTheTokenItself(new AppCredentialStatus.NotRead(Malformed(null))), "Warning app-credential-rejected"),
        new("a proof made with the app's secret is refused", s => s.Seen(i => i with { Me = Error(100, null, "Invalid appsecret_proof provided in the API argument") }), "Warning app-credential-rejected"),
        new("another version of Graph answers", s => s.Seen(i => i with { RequestedVersion = "v19.0", AnsweredVersion = "v20.0" }), "Warning graph-version-expired"),
    ];

    [Theory]
    [MemberData(nameof(FallingShort))]
    public void Every_deviation_is_a_finding(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);

        var assessment = row.Change(Healthy).Assess();

        Assert.Equal(row.Findings, assessment.Findings.Select(Named));
        Assert.Equal(row.Findings.Any(finding => finding.StartsWith("Critical", StringComparison.Ordinal)) ? Verdict.Broken : Verdict.AtRisk, assessment.Verdict);
    }

    public static TheoryData<Row> Well { get; } =
    [
        new("everything as the procedure makes it", s => s),

        new("is renewed, and has a little more than 30 days", s => s.Renewed().Debug(d => d with { ExpiresAt = In(30.001), DataAccessExpiresAt = In(30.001) })),
        new("is renewed, and never expires", s => s.Renewed()),
        new("Graph does not say when its data access expires", s => s.Debug(d => d with { DataAccessExpiresAt = default })),

        new("has more scopes than required", s => s.Scopes(Messaging, Management, "business_management", "public_profile")),
        new("has its scopes in another case", s => s.Scopes(Messaging.ToUpperInvariant(), Management)),
        new("its scopes stand in the granular list only", s => s.Debug(d => d with { Scopes = null })),
        new("its scopes stand in the plain list only", s => s.Debug(d => d with { GranularScopes = null })),
        new("only its own scopes are required", s => s.Scopes(Messaging).Expected(e => e with { RequiredScopes = [Messaging] })),
        new("targets that are not named mean all", s => s.Debug(d => d with { GranularScopes = [new(Messaging, null), new(Management, null)] })),
        new("an empty list of targets names none either", s => s.Targets(Messaging)),
        new("its account is among the targets", s => s.Targets(Messaging, "999999999999999", AccountId).Targets(Management, AccountId)),
        new("a required scope that is not WhatsApp's names the portfolio, which is no account", s => s.WithBusinessManagement()),
        new("a scope that is not required is for other accounts", s => s.Debug(d => d with { GranularScopes = [.. d.GranularScopes ?? [], new("catalog_management", ["999999999999999"])] })),

        new("its type is written in small letters", s => s.Debug(d => d with { Type = "system_user" })),
        new("its type is unknown", s => s.Debug(d => d with { Type = "BUSINESS_INTEGRATION" })),
        new("Graph does not say its type", s => s.Debug(d => d with { Type = null })),
        new("Graph does not say its app", s => s.Debug(d => d with { AppId = null })),
        new("no app is configured", s => s.Expected(e => e with { AppId = null }).Debug(d => d with { AppId = "543210987654321" }).Seen(i => i with { SubscribedAppIds = Rows("543210987654321") })),

        new("expires in the vault in a little more than 30 days", s => s.SecretEnds(Now.AddDays(30.001))),
        new("never expires in the vault", s => s.SecretEnds(null)),
        new("has been active in the vault for a while", s => s.Attributes(a => a with { NotBefore = Now })),

        new("its number is one of several", s => s.Seen(i => i with { PhoneNumberIds = Rows("111111111111111", PhoneId) })),
        new("its app is one of several that are subscribed", s => s.Seen(i => i with { SubscribedAppIds = Rows("999999999999999", AppId) })),
        new("its system user is one of several, and its task is written in small letters", s => s.Seen(i => i with { AssignedUsers = Rows(new AssignedUser("1", null, []), new AssignedUser(UserId, null, ["manage"])) })),
        new("the account's owner has no name", s => s.Seen(i => i with { Owner = new Identity(PortfolioId, null) })),
        new("Graph does not say who owns the account", s => s.Seen(i => i with { Owner = new Identity("", null) })),
        new("no portfolio is configured", s => s.Expected(e => e with { BusinessPortfolioId = null }).Seen(i => i with { Owner = null, AssignedUsers = null })),
        new("no asset is configured", s => s.WithoutAssets().Expected(e => e with { BusinessAccountId = null, PhoneNumberId = null, BusinessPortfolioId = null })),

        new("calling is not enabled, which limits the overall word alone", s => s.Health("LIMITED", new SendingEntity("WABA", AccountId, "AVAILABLE", [new("138025", "SIP is not enabled/configured", "Enable SIP")], []))),
        new("calling is not enabled, which blocks the overall word alone", s => s.Health("BLOCKED", new SendingEntity("PHONE_NUMBER", PhoneId, "AVAILABLE", [new("138024", "SIP is not enabled/configured", null)], []))),
        new("an entity speaks of calling only", s => s.Health("LIMITED", new SendingEntity("APP", AppId, null, [new("138024", "SIP is not enabled/configured", null)], []))),
        new("the overall word has the support of no entity", s => s.Health("BLOCKED", new SendingEntity("APP", AppId, "AVAILABLE", [], []))),
        new("the overall word is missing, and every entity is available", s => s.Health(null, new SendingEntity("APP", AppId, "AVAILABLE", [], []))),
        new("the account's owner may not be read, though the account may", s => s.Seen(i => i with { Owner = NotAllowed })),
        new("the configured portfolio is no portfolio", s => s.Seen(i => i with { Owner = MissingPermission, AssignedUsers = NoBusiness })),
        new("the portfolio may not be read without business_management", s => s.Seen(i => i with { Owner = MissingPermission, AssignedUsers = MissingPermission })),
        new("Graph says nothing of the number's health", s => s.Health(null)),
        new("the number's health is unknown", s => s.Health("WARMING_UP")),

        .. from status in (string?[])["connected", "UNKNOWN", "WARMING_UP", null]
           select new Row($"its number has the status {status ?? "(none)"}", s => s.Number(n => n with { Status = status })),
        .. from rating in (string?[])["green", "YELLOW", "NA", "UNKNOWN", "PURPLE", null]
           select new Row($"its number has the quality rating {rating ?? "(none)"}", s => s.Number(n => n with { QualityRating = rating })),
        new("no answer names a version", s => s.Seen(i => i with { AnsweredVersion = null })),
        new("an answer names a version that is none", s => s.Seen(i => i with { AnsweredVersion = "latest" })),
        new("the token inspects itself, and no app is configured", s => s.Seen(i => i with { AppCredential = new AppCredentialStatus.NotConfigured(), Source = InspectionSource.SelfInspection })),
    ];

    [Theory]
    [MemberData(nameof(Well))]
    public void A_healthy_token_has_no_finding(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);

        var assessment = row.Change(Healthy).Assess();

        Assert.Equal([], assessment.Findings.Select(Named));
        Assert.Equal(Verdict.Healthy, assessment.Verdict);
    }

    [Fact]
    public void A_configured_portfolio_id_of_something_else_is_named_as_the_setting_to_correct()
    {
        var assessment = Healthy.Seen(i => i with { AssignedUsers = NoBusiness }).Assess();

        Assert.Contains("BusinessPortfolioId", EnglishWording.Instance.Describe(Assert.Single(assessment.Unknowns)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_Graph_version_is_named_as_the_setting_to_correct()
    {
        var assessment = Healthy.NotAnswered(Error(2635, null, "(#2635) You are calling a deprecated version of the Ads API.")).Assess();

        Assert.Contains("TokenMonitor__Graph__Version", EnglishWording.Instance.Describe(assessment.Unknowns[0]).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scope_that_is_not_listed_although_the_account_can_be_read_says_both()
    {
        var finding = Assert.Single(Healthy.Scopes(Messaging, "whatsapp_business_manage_events").InWords());

        Assert.Contains("does not list the scope whatsapp_business_management, but can read what needs it", finding.Text.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_temporary_developer_token_is_named_and_replaced_by_a_system_users()
    {
        var findings = Healthy.Debug(d => d with { Type = "USER", IssuedAt = Now.AddHours(-12), ExpiresAt = In(0.5) }).InWords();

        Assert.All(findings, finding => Assert.Contains("is a temporary developer token", finding.Text.Title, StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.Contains("If there is no system user yet", finding.Steps[0].Text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_expiry_of_token_and_data_access_on_one_day_shows_both_dates() => Assert.Contains(
        Assert.Single(Healthy.Debug(d => d with { ExpiresAt = In(59), DataAccessExpiresAt = In(59.5) }).InWords()).Evidence,
        evidence => evidence.Label == "Data access expires");

    [Fact]
    public void A_secret_that_is_not_active_yet_says_from_when()
    {
        var finding = Assert.Single(Healthy.Attributes(a => a with { NotBefore = Now.AddDays(1) }).InWords());

        Assert.EndsWith("is stored in a vault secret that is not active yet", finding.Text.Title, StringComparison.Ordinal);
        Assert.Contains(finding.Evidence, evidence => evidence is { Label: "Secret active from", Value: "2026-11-23 03:07 UTC" });
    }

    [Fact]
    public void A_failed_payment_asks_for_a_payment_method()
    {
        var finding = Assert.Single(Healthy.Seen(i => i with { BusinessAccount = Error(131042, null, "(#131042) Business eligibility payment issue") }).InWords());

        Assert.Equal("Fix the payment method of the account", finding.Text.Action);
    }

    [Fact]
    public void The_status_of_a_number_is_evidence_where_sending_is_blocked() => Assert.Contains(
        Assert.Single(Healthy.Number(n => n with { Status = "BANNED" }).Health("BLOCKED").InWords()).Evidence,
        evidence => evidence is { Label: "Number status", Value: "BANNED" });

    [Theory]
    [InlineData("BANNED", "request a review")]
    [InlineData("DISCONNECTED", "Register")]
    [InlineData("DELETED", "was removed from the account")]
    [InlineData("MIGRATED", "find the account that has")]
    [InlineData("PENDING", "finish its verification")]
    [InlineData("UNVERIFIED", "finish its verification")]
    [InlineData("RESTRICTED", "Wait until the messaging limit")]
    [InlineData("FLAGGED", "which templates recipients block")]
    [InlineData("RATE_LIMITED", "Reduce the sending rate")]
    public void Each_status_of_a_number_has_its_own_words_and_fix(string status, string fix)
    {
        var finding = Assert.Single(Healthy.Number(n => n with { Status = status }).InWords());

        Assert.Contains(fix, finding.Steps[0].Text, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Text.Noun);
    }

    [Fact]
    public void A_portfolio_that_may_not_be_read_comes_with_the_permission_to_grant()
    {
        var assessment = Healthy.Seen(i => i with { Owner = MissingPermission }).Assess();

        Assert.Contains("business_management", EnglishWording.Instance.Describe(Assert.Single(assessment.Unknowns)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overall_value_that_only_calling_explains_is_not_stated_and_is_shown_raw()
    {
        var assessment = Healthy.Health("BLOCKED", new SendingEntity("WABA", AccountId, "AVAILABLE", [new("138025", "SIP is not enabled/configured", null)], [])).Assess();

        Assert.Equal(new UnknownFact(FactTopic.Sending, UnknownReason.NotStated, UnknownCause.UnsupportedValue, "BLOCKED"), Assert.Single(assessment.Unknowns));
    }

    [Fact]
    public void A_pending_display_name_asks_for_approval_and_for_nothing_else()
    {
        var finding = Assert.Single(Healthy.Health("LIMITED", new SendingEntity("PHONE_NUMBER", PhoneId, "LIMITED", [], ["Your display name has not been approved yet."])).InWords());

        Assert.Equal("Warning sending-limited", Named(finding.Finding));
        Assert.Equal("Wait for, or request, display name approval", finding.Text.Action);
        Assert.Contains("approval of the display name", finding.Steps[0].Text, StringComparison.Ordinal);
    }

    public static TheoryData<Row> NotFoundOut { get; } =
    [
        new("the vault refuses the monitor", s => s.Read(new SecretReading.Refused("Key Vault contoso rejects the identity of the monitor (403 ForbiddenByRbac)."))),
        new("the vault does not answer", s => s.Read(new SecretReading.Unreachable("Key Vault contoso could not be read: no answer within 10 s"))),
        new("Graph does not answer the app", s => s.NotAnswered(NoAnswer())),
        new("Graph throttles the app", s => s.NotAnswered(Error(4, null, "(#4) Application request limit reached", 403))),
        new("Graph has an error of its own", s => s.NotAnswered(Error(2, null, "An unexpected error has occurred. Please retry your request later.", 500, isTransient: true))),
        new("Graph's error to the app is unknown", s => s.NotAnswered(Error(987654, null, "Something new"))),
        new("Graph's answer is no JSON", s => s.NotAnswered(GraphError.NoAnswer("Graph's answer could not be read.", 502))),
        new("the configured Graph version does not exist", s => s.NotAnswered(Error(2500, null, "Unknown path components: /v99.0/debug_token"))),
        new("the vault does not give out the app's secret", s => s.OnlyTheTokenItself(new AppCredentialStatus.NotRead(new SecretReading.Unreachable("no answer")))),
        new("the vault refuses the app's secret", s => s.OnlyTheTokenItself(new AppCredentialStatus.NotRead(new SecretReading.Refused("refused")))),
        new("Graph's error about an invalid token is transient", s => s.Dead(Error(2, null, "Service temporarily unavailable"))),
        new("no app is configured, and the token cannot inspect itself: its end stays unknown", s => s.OnlyTheTokenItself(new AppCredentialStatus.NotConfigured())),
        new("no app is configured, and /me does not answer", s => s.OnlyTheTokenItself(new AppCredentialStatus.NotConfigured()).WithoutAssets().Seen(i => i with { Me = NoAnswer(), ScopeGrants = null })),
        new("no app is configured, and /me says something new", s => s.OnlyTheTokenItself(new AppCredentialStatus.NotConfigured()).Seen(i => i with { Me = Error(987654, null, "Something new"), ScopeGrants = null })),
        new("Graph does not say when the token expires", s => s.Debug(d => d with { ExpiresAt = default })),
        new("Graph lists no scopes at all", s => s.Debug(d => d with { Scopes = null, GranularScopes = null })),
        new("the account does not answer", s => s.Seen(i => i with { BusinessAccount = NoAnswer() })),
        new("the account's reads are throttled", s => s.Seen(i => i with { BusinessAccount = Error(80008, null, "(#80008) There have been too many calls") })),
        new("the account's error is unknown", s => s.Seen(i => i with { BusinessAccount = Error(987654, null, "Something new") })),
        new("the number does not answer", s => s.Seen(i => i with { PhoneNumber = NoAnswer() })),
        new("the number's error is unknown", s => s.Seen(i => i with { PhoneNumber = Error(987654, 1, "Something new", 403) })),
        new("the list of numbers does not answer", s => s.Seen(i => i with { PhoneNumberIds = NoAnswer() })),
        new("the list of numbers may not be read, though the account may", s => s.Seen(i => i with { PhoneNumberIds = NotAllowed })),
        new("the list of subscribed apps does not answer", s => s.Seen(i => i with { SubscribedAppIds = NoAnswer() })),
        new("the account's owner does not answer", s => s.Seen(i => i with { Owner = NoAnswer() })),
        new("the account's users do not answer", s => s.Seen(i => i with { AssignedUsers = NoAnswer() })),
        new("Graph does not answer anything about the assets", s => s.Seen(i => i with { Me = NoAnswer(), BusinessAccount = NoAnswer(), PhoneNumber = NoAnswer(), PhoneNumberIds = NoAnswer(), SubscribedAppIds = NoAnswer(), Owner = NoAnswer(), AssignedUsers = NoAnswer() })),
        new("no app is configured, and the assets want a proof of its secret", s => s.Seen(i => i with { AppCredential = new AppCredentialStatus.NotConfigured(), Source = InspectionSource.SelfInspection, PhoneNumber = Error(100, null, "API calls from the server require an appsecret_proof argument") })),
    ];

    [Theory]
    [MemberData(nameof(NotFoundOut))]
    public void An_unknown_fact_is_neither_a_finding_nor_healthy(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);

        var assessment = row.Change(Healthy).Assess();

        Assert.Equal([], assessment.Findings.Select(Named));
        Assert.Equal(Verdict.Unknown, assessment.Verdict);
        Assert.False(assessment.IsComplete);
        Assert.All(assessment.Unknowns, unknown => Assert.NotEmpty(EnglishWording.Instance.Describe(unknown).Why));
    }

    [Theory]
    [MemberData(nameof(NotFoundOut))]
    public void An_unknown_fact_hides_no_finding(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);

        // Read again from another answer: an outage in one place leaves what was seen in another.
        var assessment = row.Change(Healthy.Seen(i => i with { AnsweredVersion = "v27.0" })).Assess();

        var graphWasAsked = row.Change(Healthy).Inspection.Token is not null;
        Assert.Equal(graphWasAsked ? ["Warning graph-version-expired"] : [], assessment.Findings.Select(Named));
        Assert.Equal(assessment.IsValidityKnown ? Verdict.AtRisk : Verdict.Unknown, assessment.Verdict);
    }

    public static TheoryData<Row> SeenWhileBlind { get; } =
    [
        new("the vault's date is near", s => s.SecretEnds(Now.AddDays(20)), "Warning secret-expires"),
        new("another name holds the same token", s => s with { Settings = new([], ["staging"]) }, "Warning token-shared"),
        new("another token stands under its other name", s => s.Attributes(a => a with { ContradictedBy = "WHATSAPP_API_TOKEN" }), "Warning secret-ambiguous"),
        new("an answer that says nothing is of another version", s => s.Seen(i => i with { AnsweredVersion = "v27.0" }), "Warning graph-version-expired"),
    ];

    [Theory]
    [MemberData(nameof(SeenWhileBlind))]
    public void A_finding_without_the_token_does_not_count_while_its_validity_is_unknown(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);

        var seeing = row.Change(Healthy);
        var blind = row.Change(Healthy.NotAnswered(NoAnswer()));
        var aliveWithGaps = row.Change(Healthy.Seen(i => i with { PhoneNumber = NoAnswer() }));
        var dead = row.Change(Healthy.Dead(Error(190, 466, "x")));

        Assert.All([seeing, blind, aliveWithGaps], situation => Assert.Equal(row.Findings, situation.Assess().Findings.Select(Named)));
        Assert.Equal(
            [Verdict.AtRisk, Verdict.Unknown, Verdict.AtRisk, Verdict.Broken],
            new[] { seeing, blind, aliveWithGaps, dead }.Select(situation => situation.Assess().Verdict));
    }

    [Fact]
    public void That_the_monitor_is_impaired_is_said_by_its_own_finding_whatever_else_is_unknown()
    {
        var assessment = Healthy.OnlyTheTokenItself(new AppCredentialStatus.Rejected(WrongAppSecret)).WithoutAssets().SecretEnds(Now.AddDays(20))
            .Seen(i => i with { Me = NoAnswer(), ScopeGrants = null }).Assess();

        Assert.Equal(["Warning app-credential-rejected", "Warning secret-expires"], assessment.Findings.Select(Named));
        Assert.Equal(Verdict.AtRisk, assessment.Verdict);
    }

    [Fact]
    public void Every_finding_of_the_catalogue_is_raised_by_some_row() => Assert.Equal(
        FindingCatalogue.All.Select(definition => definition.Id).Order(StringComparer.Ordinal),
        All(FallingShort).SelectMany(row => row.Findings).Select(finding => finding.Split(' ')[1]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("no account", "whether it can access its WhatsApp account")]
    [InlineData("no number", "whether it can access its phone number and send")]
    [InlineData("no app", "what only the token's app may query")]
    public void What_is_not_configured_is_named_and_leaves_the_check_complete(string left, string unknown)
    {
        var assessment = (left switch
        {
            "no account" => Healthy.Expected(e => e with { BusinessAccountId = null, BusinessPortfolioId = null })
                .Seen(i => i with { BusinessAccount = null, PhoneNumberIds = null, SubscribedAppIds = null, Owner = null, AssignedUsers = null }),
            "no number" => Healthy.Expected(e => e with { PhoneNumberId = null }).Seen(i => i with { PhoneNumber = null, PhoneNumberIds = null }),
            _ => Healthy.Expected(e => e with { AppId = null, AppSecretName = null })
                .Seen(i => i with { AppCredential = new AppCredentialStatus.NotConfigured(), Source = InspectionSource.SelfInspection }),
        }).Assess();

        var named = Assert.Single(assessment.Unknowns);
        Assert.Equal((UnknownReason.NotConfigured, unknown), (named.Reason, EnglishWording.Instance.Describe(named).What));
        Assert.True(assessment.IsComplete);
    }

    [Theory]
    [InlineData("type", "the token's type")]
    [InlineData("a new type", "the token's type")]
    [InlineData("health", "whether Meta lets the number send")]
    [InlineData("a new health", "whether Meta lets the number send")]
    [InlineData("owner", "which portfolio owns the account")]
    [InlineData("user", "whether the system user has full control of the account")]
    [InlineData("tasks", "whether the system user has full control of the account")]
    [InlineData("data access", "when its data access expires")]
    [InlineData("targets", "whether its scopes cover only other accounts")]
    [InlineData("one scope's targets", "whether its scopes cover only other accounts")]
    [InlineData("the right to see the apps", "whether the app is subscribed to the account")]
    [InlineData("the right to see the users", "whether the system user has full control of the account")]
    public void What_Graph_leaves_out_is_named_and_leaves_the_check_complete(string left, string unknown)
    {
        var assessment = (left switch
        {
            "type" => Healthy.Debug(d => d with { Type = null }),
            "a new type" => Healthy.Debug(d => d with { Type = "BUSINESS_INTEGRATION" }),
            "health" => Healthy.Health(null),
            "a new health" => Healthy.Health("WARMING_UP"),
            "owner" => Healthy.Seen(i => i with { Owner = new Identity("", null) }),
            "data access" => Healthy.Debug(d => d with { DataAccessExpiresAt = default }),
            "targets" => Healthy.Debug(d => d with { GranularScopes = null }),
            "one scope's targets" => Healthy.Debug(d => d with { GranularScopes = [new(Messaging, null)] }),
            "the right to see the apps" => Healthy.Seen(i => i with { SubscribedAppIds = NotAllowed }),
            "the right to see the users" => Healthy.Seen(i => i with { AssignedUsers = NotThere }),
            "tasks" => Healthy.Seen(i => i with { AssignedUsers = Rows(new AssignedUser(UserId, null, null)) }),
            _ => Healthy.Debug(d => d with { UserId = null }).Seen(i => i with { Me = Error(987654, null, "x") }),
        }).Assess();

        var named = Assert.Single(assessment.Unknowns);
        Assert.Equal((UnknownReason.NotStated, unknown), (named.Reason, EnglishWording.Instance.Describe(named).What));
        Assert.Equal(Verdict.Healthy, assessment.Verdict);
    }

    // Otherwise, a finding would be resolved by the first answer that omits the field.
    public static TheoryData<FindingKind, Row> LeftOut { get; } = new()
    {
        { FindingKind.DataAccessExpires, new("no end of data access", s => s.Debug(d => d with { DataAccessExpiresAt = default })) },
        { FindingKind.ScopeNarrowed, new("no targets", s => s.Debug(d => d with { GranularScopes = null })) },
        { FindingKind.ScopeNarrowed, new("one scope's targets", s => s.Debug(d => d with { GranularScopes = [new(Messaging, null)] })) },
        { FindingKind.ScopeNarrowed, new("the app cannot be asked", s => s.OnlyTheTokenItself(new AppCredentialStatus.Rejected(WrongAppSecret))) },
        { FindingKind.AccessReduced, new("no tasks", s => s.Seen(i => i with { AssignedUsers = Rows(new AssignedUser(UserId, null, null)) })) },
        { FindingKind.AccessReduced, new("no users", s => s.Seen(i => i with { AssignedUsers = NotAllowed })) },
        { FindingKind.AppNotSubscribed, new("no apps", s => s.Seen(i => i with { SubscribedAppIds = NotAllowed })) },
    };

    [Theory]
    [MemberData(nameof(LeftOut))]
    public void What_Graph_leaves_out_was_not_looked_for(FindingKind kind, Row row)
    {
        ArgumentNullException.ThrowIfNull(row);

        Assert.Contains(kind, Healthy.Assess().Evaluated);
        Assert.DoesNotContain(kind, row.Change(Healthy).Assess().Evaluated);
    }

    [Fact]
    public void A_finding_that_the_configuration_no_longer_asks_for_is_resolved() =>
        Assert.Contains(
            FindingKind.ScopeNarrowed,
            Healthy.Expected(e => e with { BusinessAccountId = null }).Debug(d => d with { GranularScopes = null }).Assess().Evaluated);

    [Fact]
    public void A_healthy_token_leaves_nothing_unknown()
    {
        var assessment = Healthy.Assess();

        Assert.Equal("production", assessment.TokenName);
        Assert.Empty(assessment.Unknowns);
        Assert.True(assessment.IsComplete);
    }

    [Fact]
    public void An_invalid_token_has_no_findings_about_scopes_and_assets()
    {
        var assessment = Healthy.Dead(Error(190, 466, "x"), d => d with { Scopes = [], GranularScopes = [] }).Assess();

        Assert.Equal(["Critical token-revoked"], assessment.Findings.Select(Named));
        Assert.Empty(assessment.Unknowns);
    }

    [Fact]
    public void An_accepted_finding_is_reported_and_not_counted()
    {
        var assessment = Healthy.Debug(d => d with { ExpiresAt = In(59), Type = "USER" }).Ignoring("token-expires", "NOT-SYSTEM-USER").Assess();

        Assert.Equal(["Warning token-expires", "Warning not-system-user"], assessment.Findings.Select(Named));
        Assert.All(assessment.Findings, finding => Assert.True(finding.IsIgnored));
        Assert.Empty(assessment.Open);
        Assert.Equal(Verdict.Healthy, assessment.Verdict);
    }

    [Fact]
    public void Accepting_one_finding_accepts_no_other()
    {
        var assessment = Healthy.Debug(d => d with { ExpiresAt = In(59), Type = "USER" }).Ignoring("token-expires").Assess();

        Assert.Equal(["Warning not-system-user"], assessment.Open.Select(Named));
        Assert.Equal(Verdict.AtRisk, assessment.Verdict);
    }

    [Fact]
    public void A_verdict_is_broken_before_at_risk_before_unknown_before_healthy()
    {
        var warning = Healthy.Debug(d => d with { Type = "USER" });
        var critical = warning.Scopes(Management);

        Assert.Equal(Verdict.Broken, critical.Seen(i => i with { Owner = NoAnswer() }).Assess().Verdict);
        Assert.Equal(Verdict.AtRisk, warning.Seen(i => i with { Owner = NoAnswer() }).Assess().Verdict);
        Assert.Equal(Verdict.AtRisk, critical.Ignoring("scope-missing").Assess().Verdict);
        Assert.Equal(Verdict.Unknown, critical.Ignoring("scope-missing", "not-system-user").Seen(i => i with { Owner = NoAnswer() }).Assess().Verdict);
        Assert.Equal(Verdict.Healthy, critical.Ignoring("scope-missing", "not-system-user").Assess().Verdict);
    }

    [Fact]
    public void A_finding_says_what_happened_in_the_words_of_this_token()
    {
        string Said(Situation s) => Assert.Single(s.InWords()).Text.Statement["It ".Length..^1];

        Assert.Equal("was revoked", Said(Healthy.Dead(Error(190, 466, "x"))));
        Assert.Equal("expires in 59 days", Said(Healthy.Debug(d => d with { ExpiresAt = In(59.5) })));
        Assert.Equal("has data access that ends in 24 hours", Said(Healthy.Debug(d => d with { DataAccessExpiresAt = In(1) })));
        Assert.Equal("has data access that ended 3 days ago", Said(Healthy.Debug(d => d with { DataAccessExpiresAt = In(-3) })));
        Assert.Equal($"is missing the scope {Messaging} and {Management}", Said(Healthy.Scopes()));
        Assert.Equal("belongs to the wrong app: \"Contoso Messaging\" (543210987654321) instead of 123456789012345", Said(Healthy.Debug(d => d with { AppId = "543210987654321" })));
        Assert.Equal("is missing: no secret whatsapp-system-user-token in Key Vault contoso-whatsapp", Said(Healthy.Read(new SecretReading.Missing())));
        Assert.Equal("is stored incorrectly: it ends with a line break", Said(Healthy.Read(Malformed(null))));
        Assert.Equal("is stored in a vault secret that expired 3 days ago", Said(Healthy.SecretEnds(Now.AddDays(-3))));
        Assert.Equal("is the same token as \"qa\", \"staging\"", Said(Healthy with { Settings = new([], ["staging", "qa"]) }));
        Assert.Equal("shares a phone number with \"staging\"", Said(Healthy.Beside("staging", AccountId, PhoneId)));
        Assert.Equal("shares a WhatsApp account with \"staging\"", Said(Healthy.Beside("staging", AccountId, "106540352242999")));
        Assert.Equal(
            "has two different values in Key Vault contoso-whatsapp: WHATSAPP_API_TOKEN has another token",
            Said(Healthy.Attributes(a => a with { ContradictedBy = "WHATSAPP_API_TOKEN" })));
        Assert.Equal(
            "has two different values in Key Vault contoso-whatsapp: WHATSAPP_API_TOKEN is empty",
            Said(Healthy.Attributes(a => a with { ContradictedBy = "WHATSAPP_API_TOKEN", Contradiction = ContradictingContent.Nothing })));
        Assert.Equal("was checked with another Graph API version: Meta used v27.0 instead of v26.0", Said(Healthy.Seen(i => i with { AnsweredVersion = "v27.0" })));
        Assert.Equal("can no longer be fully checked: the app secret whatsapp-app-secret in Key Vault contoso-whatsapp is disabled", Said(Healthy.OnlyTheTokenItself(new AppCredentialStatus.NotRead(new SecretReading.Disabled()))));
    }

    [Fact]
    public void An_invalid_token_is_reported_with_Graphs_own_words_and_codes()
    {
        var finding = Assert.Single(Healthy.Dead(Error(190, 466, "Error validating access token")).InWords());

        Assert.Equal(
            [
                new LabelledValue("Meta error code", "190/466"),
                new LabelledValue("Meta error", "Error validating access token"),
                new LabelledValue("Meta trace ID", "AbCdEfGh123"),
                new LabelledValue("Issued", "2026-08-24 03:07 UTC"),
            ],
            finding.Evidence);
    }

    [Fact]
    public void Blocked_sending_is_reported_with_each_entitys_error_and_what_Meta_proposes()
    {
        var finding = Assert.Single(Healthy.Health(
            "BLOCKED",
            new SendingEntity("PHONE_NUMBER", PhoneId, "AVAILABLE", [], []),
            new SendingEntity("WABA", AccountId, "BLOCKED", [new SendingError("141006", "There is an error with the payment method.", "There was an error with your payment method. Please add a new payment method.")], []),
            new SendingEntity("BUSINESS", PortfolioId, "LIMITED", [], ["Your business has not passed verification."]),
            new SendingEntity("APP", AppId, "BLOCKED", [new SendingError(null, null, null)], [])).InWords());

        Assert.Equal("It cannot send: Meta blocks +1 555 0100.", finding.Text.Statement);
        Assert.Equal(
            [
                new LabelledValue("Phone number", $"+1 555 0100 ({PhoneId})"),
                new LabelledValue("Blocked", $"the WhatsApp account {AccountId}"),
                new LabelledValue("Error 141006", "There is an error with the payment method."),
                new LabelledValue("Meta's fix", "There was an error with your payment method. Please add a new payment method."),
                new LabelledValue("Limited", $"the business portfolio {PortfolioId}"),
                new LabelledValue("Meta's note", "Your business has not passed verification."),
                new LabelledValue("Blocked", $"the app {AppId}"),
                new LabelledValue("Error", "no description"),
            ],
            finding.Evidence);
    }

    [Theory]
    [InlineData(Messaging, "Sending may work, but templates, numbers and the account cannot be accessed.")]
    [InlineData(Management, "Messages are not being sent: sending needs this scope.")]
    [InlineData("catalog_management", "Messages are not being sent: sending needs this scope.")]
    public void A_missing_scope_is_reported_with_what_it_alone_stops(string left, string impact) =>
        Assert.Equal(impact, Healthy.Scopes(left).Seen(i => i with { BusinessAccount = NotAllowed }).InWords().First(finding => finding.Id == "scope-missing").Text.Impact);

    [Theory]
    [InlineData(UserId, "the configured ID is the ID of the system user, not of a phone number")]
    [InlineData(AppId, "the configured ID is the ID of the app, not of a phone number")]
    [InlineData(PortfolioId, "the configured ID is the ID of the portfolio, not of a phone number")]
    [InlineData("491701234567", "the configured ID looks like the phone number itself, not like its ID")]
    [InlineData("106540352242999", null)]
    public void A_phone_number_that_cannot_be_read_is_reported_with_the_mistake_that_its_id_gives_away(string id, string? cause)
    {
        var finding = Assert.Single(Healthy.Expected(e => e with { PhoneNumberId = id })
            .Seen(i => i with { PhoneNumber = NotThere, PhoneNumberIds = Rows(id) }).InWords());

        Assert.Equal("phone-number-unreachable", finding.Id);
        Assert.Equal(cause, finding.Evidence.FirstOrDefault(evidence => evidence.Label == "Likely cause")?.Value);
        Assert.StartsWith(cause is null ? "In Business Settings" : "Set PhoneNumberId of \"production\" to the correct ID", finding.Steps[0].Text, StringComparison.Ordinal);
        Assert.Equal(cause is not null, finding.Text.Action == "Correct the configured ID");
        Assert.Equal(cause is not null, finding.Text.Impact == "The monitor cannot check the phone number: its setting has the wrong ID.");
        Assert.Equal(cause is null, finding.Steps.Any(step => step.Text.Contains("Assign assets", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_wrong_id_is_one_finding_although_no_account_has_such_a_number() => Assert.Equal(
        ["phone-number-unreachable"],
        Healthy.Expected(e => e with { PhoneNumberId = UserId }).Seen(i => i with { PhoneNumber = NotThere }).InWords().Select(finding => finding.Id));

    [Fact]
    public void Two_ids_in_each_others_place_are_two_findings_that_say_so()
    {
        var findings = Healthy.Seen(i => i with
        {
            PhoneNumber = Error(100, null, "(#100) Tried accessing nonexisting field (display_phone_number) on node type (WhatsAppBusinessAccount)"),
            BusinessAccount = Error(100, null, "(#100) Tried accessing nonexisting field (name) on node type (WhatsAppBusinessPhoneNumber)"),
            PhoneNumberIds = Error(100, null, "(#100) Tried accessing nonexisting field (phone_numbers) on node type (WhatsAppBusinessPhoneNumber)"),
        }).InWords();

        Assert.Equal(["business-account-unreachable", "phone-number-unreachable"], findings.Select(finding => finding.Id));
        Assert.Equal("Set BusinessAccountId of \"production\" to the correct ID: the configured ID is the ID of a phone number, not of a WhatsApp account.", findings[0].Steps[0].Text);
        Assert.Equal("Set PhoneNumberId of \"production\" to the correct ID: the configured ID is the ID of a WhatsApp account, not of a phone number.", findings[1].Steps[0].Text);
    }

    [Fact]
    public void A_removed_field_of_a_number_shows_nothing_about_its_id()
    {
        var assessment = Healthy.Seen(i => i with
        {
            PhoneNumber = Error(100, null, "(#100) Tried accessing nonexisting field (quality_rating) on node type (WhatsAppBusinessPhoneNumber)"),
        }).Assess();

        Assert.Empty(assessment.Findings);
        Assert.Equal(Verdict.Unknown, assessment.Verdict);
    }

    [Fact]
    public void For_a_locked_account_the_remediation_does_not_assign_it()
    {
        var finding = Assert.Single(Healthy.Seen(i => i with { BusinessAccount = Error(131031, null, "Account has been locked", 403) }).InWords());

        Assert.Equal(2, finding.Steps.Count);
        Assert.StartsWith("Open WhatsApp Manager and follow Meta's instructions", finding.Steps[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_remediation_gives_another_apps_token_no_rights()
    {
        var findings = Healthy.Debug(d => d with { AppId = "543210987654321" }).Targets(Messaging, "999999999999999").Seen(i => i with
        {
            BusinessAccount = NotThere,
            PhoneNumber = NotThere,
            AssignedUsers = Rows<AssignedUser>(),
        }).InWords();

        Assert.Equal(5, findings.Count);
        Assert.All(findings, finding => Assert.DoesNotContain(finding.Steps, step => step.Text.Contains("Assign assets", StringComparison.Ordinal)));
        Assert.Equal("Store the correct token first", findings.Single(finding => finding.Id == "business-account-unreachable").Text.Action);
    }

    [Fact]
    public void Whose_a_shared_token_is_comes_before_what_it_lacks()
    {
        var remediation = (Healthy with { Settings = new([], ["staging"]) }).Seen(i => i with { BusinessAccount = NotThere })
            .InWords().Single(finding => finding.Id == "business-account-unreachable").Steps;

        Assert.Equal("First decide which environment keeps this token (see the other finding). If not \"production\", assign nothing to it.", remediation[0].Text);
        Assert.Contains("Assign assets", remediation[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_Graph_says_of_the_account_or_the_id_counts_whosever_the_token_is(bool isAnotherApps)
    {
        var token = isAnotherApps ? Healthy.Debug(d => d with { AppId = "543210987654321" }) : Healthy with { Settings = new([], ["staging"]) };
        string First(Situation s, string id) => s.InWords().Single(finding => finding.Id == id).Steps[0].Text;

        Assert.StartsWith(
            "Open WhatsApp Manager and follow Meta's instructions",
            First(token.Seen(i => i with { BusinessAccount = Error(131031, null, "Account has been locked", 403) }), "business-account-unreachable"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Set PhoneNumberId",
            First(token.Expected(e => e with { PhoneNumberId = UserId }).Seen(i => i with { PhoneNumber = NotThere }), "phone-number-unreachable"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_two_environments_share_by_intent_may_be_given_what_it_lacks()
    {
        var finding = (Healthy with { Settings = new(["token-shared"], ["staging"]) }).Seen(i => i with { BusinessAccount = NotThere }).InWords().Single(finding => !finding.Finding.IsIgnored);

        Assert.Contains(finding.Steps, step => step.Text.Contains("Assign assets", StringComparison.Ordinal));
    }

    [Fact]
    public void What_Meta_proposes_is_the_first_step()
    {
        SendingError[] errors = [new("141006", "There is a payment issue.", "Add a valid payment method."), new("141010", "Another issue.", "Do something else.")];
        StepText First(params SendingError[] errors) => Healthy.Health("BLOCKED", new SendingEntity("WABA", AccountId, "BLOCKED", errors, [])).InWords().Single().Steps[0];

        Assert.Equal("Open WhatsApp Manager and apply Meta's fix: \"Add a valid payment method\".", First(errors[0]).Text);
        Assert.Equal("Open WhatsApp Manager and apply Meta's fix: \"Add a valid payment method\", and the other fixes listed below.", First(errors).Text);
        Assert.Equal("Open WhatsApp Manager and follow Meta's instructions; Meta's reasons are listed below.", First(errors[0] with { PossibleSolution = null }).Text);
        Assert.InRange(First(errors[0] with { PossibleSolution = new string('x', 500) }).Text.Length, 200, 240);
        Assert.Equal(
            "Open WhatsApp Manager and apply Meta's fix: \"Add a valid payment method\", and the other fixes listed below.",
            Healthy.Health(
                "BLOCKED",
                new SendingEntity("APP", AppId, "AVAILABLE", [new("1", "Well enough.", "Improve it.")], []),
                new SendingEntity("PHONE_NUMBER", PhoneId, "LIMITED", [errors[1]], []),
                new SendingEntity("WABA", AccountId, "BLOCKED", [errors[0]], [])).InWords().Single().Steps[0].Text);
    }

    public static TheoryData<AppCredentialStatus, string> WhyAnAppDidNotInspect { get; } = new()
    {
        { new AppCredentialStatus.NotConfigured(), "no app credential is configured to inspect it" },
        { new AppCredentialStatus.NotRead(new SecretReading.Missing()), "the app secret could not be read to inspect it" },
        { new AppCredentialStatus.Rejected(Error(101, null, "Error validating application")), "Graph rejects the app credential that would inspect it" },
    };

    [Theory]
    [MemberData(nameof(WhyAnAppDidNotInspect))]
    public void What_is_not_known_without_the_app_is_reported_with_the_reason(AppCredentialStatus app, string why) =>
        Assert.Contains(Healthy.OnlyTheTokenItself(app).Assess().Unknowns, unknown => EnglishWording.Instance.Describe(unknown).Why == $"The token works, but it may not inspect itself, and {why}.");

    [Fact]
    public void An_account_that_cannot_be_read_is_reported_with_the_mistake_that_its_id_gives_away()
    {
        var finding = Assert.Single(Healthy.Expected(e => e with { BusinessAccountId = UserId, BusinessPortfolioId = null })
            .Seen(i => i with { BusinessAccount = NotThere, Owner = null, AssignedUsers = null }).InWords());

        Assert.Contains(new LabelledValue("Likely cause", "the configured ID is the ID of the system user, not of a WhatsApp account"), finding.Evidence);
    }

    [Fact]
    public void A_shared_asset_is_no_finding_while_the_token_is_not_known_to_access_it()
    {
        var assessment = Healthy.Beside("staging", AccountId, PhoneId).Seen(i => i with { BusinessAccount = NoAnswer(), PhoneNumber = NoAnswer() }).Assess();

        Assert.Equal(Verdict.Unknown, assessment.Verdict);
        Assert.DoesNotContain(FindingKind.EnvironmentShared, assessment.Evaluated);
    }

    [Fact]
    public void A_malformed_secret_is_reported_without_its_value()
    {
        var value = SampleSecrets.Token("production") + "\n";
        var reading = new SecretReading.Found(new Secret(value), new SecretAttributes("3f1c")).Checked(SecretKind.AccessToken);

        var finding = Assert.Single(Healthy.Read(reading).InWords());

        Assert.Equal("secret-malformed", finding.Id);
        Assert.DoesNotContain(value.Trim()[..20], $"{finding.Text} {string.Join(' ', finding.Evidence)} {string.Join(' ', finding.Steps)}", StringComparison.Ordinal);
    }

    [Fact]
    public void Remediation_calls_things_by_the_names_that_Graph_gave_and_the_ids_that_were_configured()
    {
        var finding = Assert.Single(Healthy.Scopes(Messaging).InWords());

        Assert.Equal(
            [
                "In Business Settings, open Users > System users > \"Integration\" (122100000000007) and select \"Generate token\".",
                "Select \"Contoso Messaging\" (123456789012345) and the expiration \"Never\" (setup step 6).",
                "Select whatsapp_business_messaging and whatsapp_business_management, generate, and copy the token: it is shown only once.",
                "Run \"tokenmonitor store --token production\" and paste the token; it is checked, then stored as whatsapp-system-user-token in Key Vault contoso-whatsapp (setup step 7).",
                "If your integration reads the token only at startup, restart it.",
                "Run \"tokenmonitor check\", or wait for the hourly check, and verify that \"production\" is healthy.",
            ],
            finding.Steps.Select(step => step.Text));
    }

    [Theory]
    [InlineData("USER", "your system user")]
    [InlineData("PAGE", "your system user")]
    [InlineData("SYSTEM_USER", "\"Integration\" (122100000000007)")]
    public void Remediation_looks_for_no_system_user_by_a_persons_name(string type, string user)
    {
        var finding = Healthy.Scopes(Messaging).Debug(d => d with { Type = type }).InWords()[0];

        Assert.Equal($"In Business Settings, open Users > System users > {user} and select \"Generate token\".", finding.Steps[0].Text);
    }

    [Fact]
    public void Remediation_does_not_give_the_wrong_apps_name_to_the_right_app()
    {
        var finding = Assert.Single(Healthy.Renewed().Debug(d => d with { AppId = "543210987654321", AppName = "Contoso Staging" }).InWords());

        Assert.Contains("Select the app 123456789012345 and the expiration \"60 days\"", string.Join('\n', finding.Steps.Select(step => step.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Remediation_for_an_invalid_token_names_its_system_user_by_the_id_that_Graph_still_states()
    {
        var finding = Assert.Single(Healthy.Dead(Error(190, 466, "x")).Seen(i => i with { Me = null }).InWords());

        Assert.Contains($"System users > the user with the ID {UserId} and select", finding.Steps[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UserId, $"\"Contoso sender\" ({UserId})")]
    [InlineData("122199999999999", $"the user with the ID {UserId}")]
    public void Remediation_for_an_invalid_token_calls_its_system_user_by_the_name_that_is_stored_if_it_is_the_same_one(string stored, string called)
    {
        var situation = Healthy.Dead(Error(190, 466, "x")).Seen(i => i with { Me = null });
        situation = situation with { Settings = situation.Settings with { LastSystemUser = new(stored, "Contoso sender") } };

        Assert.Contains($"System users > {called} and select", Assert.Single(situation.InWords()).Steps[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Remediation_for_a_token_that_is_gone_calls_the_system_user_of_before_by_name()
    {
        var situation = Healthy.Read(new SecretReading.Missing());
        situation = situation with { Settings = situation.Settings with { LastSystemUser = new(UserId, "Contoso sender") } };

        Assert.Contains(Assert.Single(situation.InWords()).Steps, step => step.Text.Contains($"System users > \"Contoso sender\" ({UserId}) and select", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(131031, "Open WhatsApp Manager")]
    [InlineData(100, "In Business Settings")]
    public void Where_Meta_restricts_the_account_a_remediation_begins_there(int code, string begins)
    {
        var error = Error(code, code == 100 ? 33 : null, "x");
        var finding = Healthy.Seen(i => i with { BusinessAccount = error }).InWords().First(finding => finding.Id == "business-account-unreachable");

        Assert.StartsWith(begins, finding.Steps[0].Text, StringComparison.Ordinal);
        Assert.Equal(code != 100, finding.Text.Action == "Follow Meta's instructions");
    }

    [Fact]
    public void Remediation_does_not_send_people_to_the_system_user_of_the_wrong_token()
    {
        var wrongApp = Assert.Single(Healthy.Debug(d => d with { AppId = "543210987654321" }).InWords());
        var shared = Assert.Single((Healthy with { Settings = new([], ["staging"]) }).InWords());

        Assert.All(wrongApp.Steps.Concat(shared.Steps), step => Assert.DoesNotContain("Integration", step.Text, StringComparison.Ordinal));
        Assert.Contains(wrongApp.Steps, step => step.Text.Contains("System users > the system user of the app 123456789012345", StringComparison.Ordinal));
    }

    [Fact]
    public void A_token_from_a_file_is_fixed_in_the_file()
    {
        var finding = Assert.Single(Healthy.Seen(i => i with { SecretStore = ".env", IsSecretInVault = false, Secret = new SecretReading.Missing() }).InWords());

        Assert.Equal("Replace WHATSAPP_SYSTEM_USER_TOKEN in .env with the new token.", finding.Steps[3].Text);
        Assert.All(finding.Steps, step => Assert.DoesNotContain("tokenmonitor store", step.Text, StringComparison.Ordinal));
    }

    /// <summary>Whatever comes together, in whatever order: the worst stands first, nothing stands twice, and the verdict follows.</summary>
    [Fact]
    public void However_much_is_broken_the_worst_is_reported_first()
    {
        var random = new Random(20261122);
        Row[] rows = [.. All(FallingShort), .. All(Well), .. All(NotFoundOut)];
        var order = FindingCatalogue.All.Select(definition => definition.Id).ToList();
        var seenWhileBlind = All(SeenWhileBlind).SelectMany(row => row.Findings).Select(finding => finding.Split(' ')[1]).ToList();
        var most = 0;
        for (var round = 0; round < 3000; round++)
        {
            random.Shuffle(rows);
            var taken = rows.Take(random.Next(1, 12)).ToList();
            var assessment = taken.Aggregate(Healthy, (situation, row) => row.Change(situation)).Assess();

            var findings = assessment.Findings;
            Assert.Equal(findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => order.IndexOf(finding.Id)), findings);
            Assert.Equal(findings.Count, findings.Select(finding => finding.Kind).Distinct().Count());
            Assert.Equal(assessment.Unknowns.Count, assessment.Unknowns.Distinct().Count());
            Assert.All(findings, finding => Assert.DoesNotMatch("[{}]", FindingInWords.Of(finding, assessment.Context!).Text.Title));
            Assert.Equal(
                findings.Count == 0 ? (assessment.IsComplete ? Verdict.Healthy : Verdict.Unknown)
                    : findings[0].Severity is Severity.Critical ? Verdict.Broken
                    : !assessment.IsComplete && !assessment.IsValidityKnown && findings.All(finding => seenWhileBlind.Contains(finding.Id)) ? Verdict.Unknown
                    : Verdict.AtRisk,
                assessment.Verdict);
            most = Math.Max(most, findings.Count);
        }

        Assert.True(most >= 6, $"The rounds were too tame to prove anything: {most} findings at most.");
    }

    private static string Named(Finding finding) => $"{finding.Severity} {finding.Id}";

    private static GraphExpiry In(double days) => GraphExpiry.At(Now.AddDays(days));

    private static SecretReading.Malformed Malformed(DateTimeOffset? ends) => new(new SecretFault(SecretProblem.EndsWithLineBreak, SecretKind.AccessToken), new SecretAttributes("3f1c", null, ends));

    private static IEnumerable<Row> All(IEnumerable<object[]> table) => table.Select(row => (Row)row[0]);
}

file static class Changes
{
    public static Situation Renewed(this Situation s) => s.Expected(e => e with { Expiry = ExpiryPolicy.Renewed });

    /// <summary>These scopes and no others.</summary>
    public static Situation Scopes(this Situation s, params string[] scopes) => s.Debug(d => d with
    {
        Scopes = scopes,
        GranularScopes = [.. scopes.Select(scope => new GranularScope(scope, null))],
    });

    /// <summary>A required scope whose targets are portfolios.</summary>
    public static Situation WithBusinessManagement(this Situation s) => s
        .Expected(e => e with { RequiredScopes = [.. e.RequiredScopes, "business_management"] })
        .Debug(d => d with { Scopes = [.. d.Scopes ?? [], "business_management"], GranularScopes = [.. d.GranularScopes ?? [], new("business_management", [PortfolioId])] });

    /// <summary>One scope narrowed to these targets.</summary>
    public static Situation Targets(this Situation s, string scope, params string[] targets) => s.Debug(d => d with
    {
        GranularScopes = [.. (d.GranularScopes ?? []).Select(granular => granular.Scope == scope ? new GranularScope(scope, targets) : granular)],
    });

    /// <summary>Graph did not answer the app in a way that says anything; then the token is left in peace.</summary>
    public static Situation NotAnswered(this Situation s, GraphError error) => s.WithoutAssets().Seen(i => i with
    {
        AppCredential = new AppCredentialStatus.NotAnswered(error),
        Source = InspectionSource.None,
        Debug = error,
    });
}
