using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Tests.Support;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Notifications;

/// <summary>The messages that the channels' tests send: what the planner and the composer make of situations.</summary>
internal static class Messages
{
    public const string Monitor = "function app func-contoso-tokenmonitor";

    public const string Origin = $"{Monitor}, reading from {Store}";

    /// <summary>Text that an attacker, or an unusual name, can put into a message.</summary>
    public const string Hostile =
        "</td><script>alert('1')</script> & \"quotes\" **bold** __so__ _so_ `code` ~~no~~ # [click](https://evil.example) \\ {{Subject}} \u202Eelttil\u202C \u05E9\u05DC\u05D5\u05DD 😀";

    /// <summary>What the token is, for a notice that does not record it.</summary>
    public static readonly TokenContext Token = Healthy.Assess().Context!;

    private static readonly AlertComposer Composer = new(EnglishWording.Instance);

    private static readonly SendingError Payment = new("141006", "There is an error with the payment method.", "Please add a new payment method.");

    /// <summary>A situation for every finding of the catalogue, in which that finding leads.</summary>
    public static IReadOnlyDictionary<string, Situation> Findings { get; } = new Dictionary<string, Situation>
    {
        ["token-revoked"] = Healthy.Dead(Error(190, 466, "Error validating access token: The session was revoked.")),
        ["token-expired"] = Healthy.Dead(
            Error(190, 463, "Error validating access token: Session has expired."), d => d with { ExpiresAt = GraphExpiry.At(Now.AddHours(-2)) }),
        ["token-invalidated"] = Healthy.Dead(Error(190, 460, "Error validating access token: The session has been invalidated because the user changed their password.")),
        ["app-removed"] = Healthy.Dead(Error(190, 458, "Error validating access token: The user has not authorized application.")),
        ["app-unavailable"] = Healthy.Dead(Error(190, null, "Error validating application. Application has been deleted.")),
        ["user-action-required"] = Healthy.Dead(Error(190, 459, "Error validating access token: The user is enrolled in a blocking, logged-in checkpoint.")),
        ["token-unreadable"] = Healthy.Dead(Error(190, null, "Malformed access token"), d => d with { AppId = null, AppName = null, Type = null, UserId = null, IssuedAt = null }),
        ["token-invalid"] = Healthy.Dead(Error(190, null, "Error validating access token.")),
        ["token-expires"] = Healthy.Debug(d => d with { ExpiresAt = GraphExpiry.At(Now.AddDays(6).AddHours(1)) }),
        ["data-access-expires"] = Healthy.Debug(d => d with { DataAccessExpiresAt = GraphExpiry.At(Now.AddDays(12)) }),
        ["scope-missing"] = Healthy.Debug(d => d with { Scopes = ["whatsapp_business_management"], GranularScopes = null }),
        ["scope-narrowed"] = Healthy.Debug(d => d with
        {
            GranularScopes = [.. TokenExpectation.DefaultScopes.Select(scope => new GranularScope(scope, ["999999999999999"]))],
        }),
        ["not-system-user"] = Healthy.Debug(d => d with { Type = "USER" }),
        ["wrong-app"] = Healthy.Debug(d => d with { AppId = "543210987654321", AppName = "Contoso Staging" }).Seen(i => i with { SubscribedAppIds = Rows(AppId, "543210987654321") }),
        ["token-shared"] = Healthy with { Settings = new AssessmentSettings([], ["staging"]) },
        ["environment-shared"] = Healthy.Beside("staging", AccountId, PhoneId),
        ["secret-ambiguous"] = Healthy.Attributes(a => a with { ContradictedBy = "WHATSAPP_API_TOKEN" }),
        ["secret-missing"] = Healthy.Read(new SecretReading.Missing()),
        ["secret-disabled"] = Healthy.Read(new SecretReading.Disabled()),
        ["secret-malformed"] = Healthy.Read(new SecretReading.Malformed(new SecretFault(SecretProblem.EndsWithLineBreak, SecretKind.AccessToken), new SecretAttributes("3f1c", Now.AddDays(-1)))),
        ["secret-expires"] = Healthy.SecretEnds(Now.AddDays(6).AddHours(1)),
        ["business-account-unreachable"] = Healthy.Seen(i => i with
        {
            BusinessAccount = Error(100, 33, "Unsupported get request. Object with ID '102290129340398' does not exist, cannot be loaded due to missing permissions."),
        }),
        ["wrong-portfolio"] = Healthy.Seen(i => i with { Owner = new Identity("999999999999999", "Fabrikam") }),
        ["access-reduced"] = Healthy.Seen(i => i with { AssignedUsers = Rows(new AssignedUser(UserId, "Integration", ["DEVELOP"])) }),
        ["phone-number-unreachable"] = Healthy.Seen(i => i with { PhoneNumber = Error(100, 33, "Unsupported get request.") }),
        ["phone-number-elsewhere"] = Healthy.Seen(i => i with { PhoneNumberIds = Rows("111111111111111") }),
        ["phone-number-not-connected"] = Healthy.Number(n => n with { Status = "DISCONNECTED" }),
        ["quality-low"] = Healthy.Number(n => n with { QualityRating = "RED" }),
        ["app-not-subscribed"] = Healthy.Seen(i => i with { SubscribedAppIds = Rows<string>() }),
        ["sending-blocked"] = Healthy.Health("BLOCKED", new SendingEntity("WABA", AccountId, "BLOCKED", [Payment], [])),
        ["sending-limited"] = Healthy.Health(
            "LIMITED", new SendingEntity("PHONE_NUMBER", PhoneId, "LIMITED", [], ["Your display name has not been approved yet."])),
        ["app-credential-rejected"] = Healthy.Seen(i => i with
        {
            AppCredential = new AppCredentialStatus.Rejected(Error(1, null, "Error validating client secret.")),
            Source = InspectionSource.SelfInspection,
        }),
        ["graph-version-expired"] = Healthy.Seen(i => i with { AnsweredVersion = "v27.0" }),
    };

    public static AlertMessage OneFinding { get; } = Of(Findings["token-revoked"]);

    public static AlertMessage SeveralFindings { get; } = Of(Healthy
        .Debug(d => d with { Type = "USER", Scopes = ["whatsapp_business_management"], GranularScopes = null })
        .Health("BLOCKED", new SendingEntity("WABA", AccountId, "BLOCKED", [Payment], []))
        .Seen(i => i with { Owner = NoAnswer() }));

    public static AlertMessage Test { get; } = Composer.Test(Origin, Now);

    /// <summary>A message of every kind that is not opened.</summary>
    public static IReadOnlyDictionary<string, AlertMessage> Kinds { get; } = new Dictionary<string, AlertMessage>
    {
        ["changed"] = AsItGoesOn(),
        ["reminder"] = Compose(NotificationOf(Findings["token-revoked"]) with
        {
            Kind = NotificationKind.Reminder,
            Since = Now.AddDays(-2),
            AlertsSentBefore = 3,
            NextAt = Now.AddDays(1),
        }),
        ["countdown"] = Compose(NotificationOf(Findings["token-expires"]) with { Kind = NotificationKind.Countdown, Since = Now.AddDays(-53), AlertsSentBefore = 4, NextAt = Now.AddDays(1) }),
        ["resolved"] = Compose(NotificationOf(Findings["token-revoked"]) with
        {
            Kind = NotificationKind.Resolved,
            Since = Now.AddHours(-5),
            Present = [],
            Added = [],
            Resolved = [.. Findings["token-revoked"].Assess().Findings],
            NewFingerprint = "4611725d",
            NextAt = null,
        }),
        ["monitor-down"] = Compose(MonitorDown(NotificationKind.MonitorDown)),
        ["monitor-down-reminder"] = Compose(MonitorDown(NotificationKind.MonitorDownReminder) with { Since = Now.AddDays(-1), AlertsSentBefore = 1 }),
        ["monitor-down-in-part"] = Compose(MonitorDown(NotificationKind.MonitorDownReminder) with { IsValidityKnown = true, Unknowns = [new UnknownFact(FactTopic.TokenProperties, UnknownReason.QueryFailed, UnknownCause.NoAppCredential)] }),
        ["monitor-recovered"] = Compose(MonitorDown(NotificationKind.MonitorRecovered) with { NextAt = null }),
        ["new-token-verified"] = Compose(MonitorDown(NotificationKind.NewTokenVerified) with { Unknowns = [], NewFingerprint = "4611725d", NextAt = null, IncidentId = "production-rotated-20261122T030700Z" }),
        ["channel-failing"] = Compose(MonitorDown(NotificationKind.ChannelFailing) with
        {
            IncidentId = "production-e-mail-failing-20261122T000700Z",
            Channel = "e-mail",
            ChannelFailure = "SendGrid rejected the mail (403): the API key lacks the permission Mail Send, or the sender is not verified.",
            Unknowns = [],
            NextAt = null,
        }),
        ["late"] = Compose(NotificationOf(Findings["token-revoked"]), Now.AddHours(4)),
        ["test"] = Test,
    };

    /// <summary>Every message that there is: each finding, several of them, and every kind.</summary>
    public static IReadOnlyDictionary<string, AlertMessage> All { get; } = new Dictionary<string, AlertMessage>(
        [.. Findings.Select(finding => KeyValuePair.Create(finding.Key, Of(finding.Value))), new("several-findings", SeveralFindings), .. Kinds]);

    /// <summary>Every value that can come from outside is hostile, and comes as it is, though the product would have cleaned it.</summary>
    public static AlertMessage HostileTexts { get; } = Of(HostileSituation(Hostile));

    /// <summary>Graph says this wherever it says anything.</summary>
    public static Situation HostileSituation(string text) => Healthy
        .Debug(d => d with { AppId = text, AppName = text, Type = text })
        .Health("BLOCKED", new SendingEntity(text, text, text, [new SendingError(text, text, text)], [text]))
        .Seen(i => i with
        {
            Me = new Identity(text, text),
            BusinessAccount = Error(100, 33, text) with { UserMessage = text, Details = text, TraceId = text },
            Owner = GraphError.NoAnswer(text),
        });

    /// <summary>The message of a first check that sees this.</summary>
    public static AlertMessage Of(Situation situation) => Compose(NotificationOf(situation));

    /// <summary>What the planner makes of a first check that sees this, after twelve good days.</summary>
    public static Notification NotificationOf(Situation situation)
    {
        var seen = new Observation(situation.Assess(), situation.Inspection.Token?.Fingerprint);
        var plan = IncidentPlanner.Plan(
            new TokenState { HealthySince = Now.AddDays(-12) }, "production", seen, Now, new IncidentSettings { Channels = ["e-mail"] });
        return Assert.Single(plan.Next.PendingNotifications);
    }

    public static AlertMessage Compose(Notification notification, DateTimeOffset? now = null) => Composer.Compose(notification, Token, Origin, now ?? notification.At);

    /// <summary>A message of so many findings, with so many characters in each of its texts.</summary>
    public static AlertMessage Large(int sections, int evidence, int length, string character) => OneFinding with
    {
        Sections =
        [
            .. from section in Enumerable.Range(1, sections)
               let text = string.Concat(Enumerable.Repeat(character, length))
               select new AlertSection(
                   "token-revoked",
                   Severity.Critical,
                   $"Finding {section} {text}",
                   $"Impact {section} {text}",
                   [.. Enumerable.Range(1, 4).Select(step => new StepText($"Step {section}.{step} {text}"))],
                   [.. Enumerable.Range(1, evidence).Select(item => new LabelledValue($"Fact {section}.{item}", text))]),
        ],
    };

    // A scope was lost; then the token was revoked, and the number is no longer blocked.
    private static AlertMessage AsItGoesOn()
    {
        var revoked = Findings["token-revoked"].Assess().Findings[0];
        var scope = Findings["scope-missing"].Assess().Findings[0];
        return Compose(NotificationOf(Findings["token-revoked"]) with
        {
            Kind = NotificationKind.Changed,
            Since = Now.AddHours(-3),
            Present = [revoked, scope],
            Added = [revoked],
            Resolved = [.. Findings["sending-limited"].Assess().Findings],
            AlertsSentBefore = 1,
            NextAt = Now.AddDays(1),
        });
    }

    private static Notification MonitorDown(NotificationKind kind) => NotificationOf(Findings["token-revoked"]) with
    {
        Kind = kind,
        IncidentId = "production-monitoring-20261122T000700Z",
        Since = Now.AddHours(-3),
        Present = [],
        Added = [],
        Unknowns = [new UnknownFact(FactTopic.Everything, UnknownReason.QueryFailed, UnknownCause.Error, "Graph gave no answer within 10 seconds.")],
        NextAt = Now.AddDays(1),
        HealthySince = null,
    };
}
