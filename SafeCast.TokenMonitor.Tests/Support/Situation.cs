using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;

namespace SafeCast.TokenMonitor.Tests.Support;

/// <summary>The facts of one check and what was expected: everything configured, everything well. A test says only what differs.</summary>
internal sealed record Situation
{
    public const string AppId = "123456789012345";
    public const string AccountId = "102290129340398";
    public const string PhoneId = "106540352242922";
    public const string PortfolioId = "506914307656634";
    public const string UserId = "122100000000007";
    public const string Store = "Key Vault contoso-whatsapp";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 7, 0, TimeSpan.Zero);

    public static Situation Healthy { get; } = new();

    public TokenInspection Inspection { get; init; } = new()
    {
        At = Now,
        SecretStore = Store,
        IsSecretInVault = true,
        Secret = new SecretReading.Found(new Secret(SampleSecrets.Token("production")), new SecretAttributes("3f1c", Now.AddDays(-90))),
        AppCredential = new AppCredentialStatus.Accepted(),
        Source = InspectionSource.App,
        Debug = new DebugToken
        {
            IsValid = true,
            AppId = AppId,
            AppName = "Contoso Messaging",
            Type = "SYSTEM_USER",
            UserId = UserId,
            IssuedAt = Now.AddDays(-90),
            ExpiresAt = GraphExpiry.Never,
            DataAccessExpiresAt = GraphExpiry.Never,
            Scopes = TokenExpectation.DefaultScopes,
            GranularScopes = [.. TokenExpectation.DefaultScopes.Select(scope => new GranularScope(scope, null))],
        },
        Me = new Identity(UserId, "Integration"),
        PhoneNumber = new PhoneNumber(PhoneId, "+1 555 0100", "Contoso", "GREEN", "CONNECTED", new SendingHealth("AVAILABLE", [])),
        BusinessAccount = new BusinessAccount(AccountId, "Contoso Support"),
        PhoneNumberIds = Rows(PhoneId),
        SubscribedAppIds = Rows(AppId),
        Owner = new Identity(PortfolioId, "Contoso Ltd"),
        AssignedUsers = Rows(new AssignedUser(UserId, "Integration", ["MANAGE", "DEVELOP"])),
        RequestedVersion = "v26.0",
        AnsweredVersion = "v26.0",
    };

    public TokenExpectation Expectation { get; init; } = new()
    {
        Name = "production",
        SecretName = "whatsapp-system-user-token",
        AppId = AppId,
        AppSecretName = "whatsapp-app-secret",
        BusinessAccountId = AccountId,
        PhoneNumberId = PhoneId,
        BusinessPortfolioId = PortfolioId,
    };

    public AssessmentSettings Settings { get; init; } = AssessmentSettings.None;

    /// <summary>The findings in words.</summary>
    public IReadOnlyList<FindingInWords> InWords()
    {
        var assessment = Assess();
        return [.. assessment.Findings.Select(finding => FindingInWords.Of(finding, assessment.Context!))];
    }

    public TokenAssessment Assess() => Assessor.Assess(Inspection, Expectation, Settings, Now);

    public Situation Seen(Func<TokenInspection, TokenInspection> change) => this with { Inspection = change(Inspection) };

    /// <summary>What <c>debug_token</c> says differently; a situation in which it says nothing stays as it is.</summary>
    public Situation Debug(Func<DebugToken, DebugToken> change) =>
        Inspection.Debug?.Value is { } debug ? Seen(i => i with { Debug = change(debug) }) : this;

    public Situation Expected(Func<TokenExpectation, TokenExpectation> change) => this with { Expectation = change(Expectation) };

    public Situation Ignoring(params string[] ids) => this with { Settings = Settings with { Ignored = ids } };

    /// <summary>Graph calls the token invalid, for this reason; then nothing else is asked.</summary>
    public Situation Dead(GraphError? why, Func<DebugToken, DebugToken>? change = null) =>
        Debug(debug => (change ?? (same => same))(debug with { IsValid = false, Error = why })).WithoutAssets();

    /// <summary>The store says this instead of giving a token; then Graph is not asked at all.</summary>
    public Situation Read(SecretReading reading) => this with
    {
        Inspection = new TokenInspection { At = Now, SecretStore = Store, IsSecretInVault = true, Secret = reading },
    };

    public Situation SecretEnds(DateTimeOffset? at) => Inspection.Secret is SecretReading.Found found
        ? Seen(i => i with { Secret = found with { Attributes = found.Attributes with { ExpiresOn = at } } })
        : this;

    public Situation Attributes(Func<SecretAttributes, SecretAttributes> change) => Inspection.Secret is SecretReading.Found found
        ? Seen(i => i with { Secret = found with { Attributes = change(found.Attributes) } })
        : this;

    /// <summary>Another configured name, with these ids.</summary>
    public Situation Beside(string name, string? account, string? phone) => this with
    {
        Settings = Settings with { Others = [.. Settings.Others, new TokenExpectation { Name = name, SecretName = $"{name}-token", BusinessAccountId = account, PhoneNumberId = phone }] },
    };

    public Situation Health(string? canSend, params SendingEntity[] entities) => Inspection.PhoneNumber?.Value is { } number
        ? Seen(i => i with { PhoneNumber = number with { Health = new SendingHealth(canSend, entities) } })
        : this;

    public Situation Number(Func<PhoneNumber, PhoneNumber> change) => Inspection.PhoneNumber?.Value is { } number
        ? Seen(i => i with { PhoneNumber = change(number) })
        : this;

    public Situation WithoutAssets() => Seen(i => i with
    {
        Me = null,
        PhoneNumber = null,
        BusinessAccount = null,
        PhoneNumberIds = null,
        SubscribedAppIds = null,
        Owner = null,
        AssignedUsers = null,
    });

    /// <summary>The app's credential fared like this, and the token could say nothing of itself but what it can do.</summary>
    public Situation OnlyTheTokenItself(AppCredentialStatus app) => Seen(i => i with
    {
        AppCredential = app,
        Source = InspectionSource.TokenItself,
        Debug = Error(100, null, "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app"),
        ScopeGrants = GraphAnswer<IReadOnlyList<ScopeGrant>>.Of([.. TokenExpectation.DefaultScopes.Select(scope => new ScopeGrant(scope, IsGranted: true))]),
    });

    /// <summary>An error as Graph sends it, classified as the product does.</summary>
    public static GraphError Error(long code, long? subcode, string message, int status = 400, bool isTransient = false) => new()
    {
        Class = GraphErrorClassifier.Classify(status, code, subcode, message, isTransient),
        Code = code,
        Subcode = subcode,
        Message = message,
        HttpStatus = status,
        TraceId = "AbCdEfGh123",
    };

    public static GraphError NoAnswer() => GraphError.NoAnswer("Graph gave no answer in time.");

    public static GraphAnswer<IReadOnlyList<T>> Rows<T>(params T[] rows) => GraphAnswer<IReadOnlyList<T>>.Of(rows);
}

/// <summary>A finding as people read it.</summary>
internal sealed record FindingInWords(Finding Finding, FindingText Text, IReadOnlyList<StepText> Steps, IReadOnlyList<LabelledValue> Evidence)
{
    public string Id => Finding.Id;

    public static FindingInWords Of(Finding finding, TokenContext token) => new(
        finding,
        EnglishWording.Instance.Describe(finding, token, Situation.Now),
        [.. Remediation.Of(finding, token.IsInVault).Select(step => EnglishWording.Instance.Describe(step, token))],
        EnglishWording.Instance.EvidenceOf(finding, token));
}
