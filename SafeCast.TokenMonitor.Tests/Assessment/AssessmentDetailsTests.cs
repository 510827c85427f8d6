using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Tests.Support;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Assessment;

/// <summary>What an assessment says beside its findings: which kinds it evaluated, which facts are unknown, and the details of findings.</summary>
public sealed class AssessmentDetailsTests
{
    private const string Messaging = "whatsapp_business_messaging";

    private static readonly GraphError NotThere = Error(100, 33, "Unsupported get request.");

    [Fact]
    public void A_complete_healthy_check_evaluates_every_kind_of_finding() =>
        Assert.Equal(Enum.GetValues<FindingKind>().Order(), Healthy.Assess().Evaluated.Order());

    [Fact]
    public void A_complete_healthy_check_leaves_no_fact_unknown() => Assert.Empty(Healthy.Assess().Unknowns);

    [Fact]
    public void What_is_not_configured_is_evaluated_so_that_its_findings_are_resolved()
    {
        var evaluated = Healthy.WithoutAssets()
            .Expected(e => e with { BusinessAccountId = null, PhoneNumberId = null, BusinessPortfolioId = null }).Assess().Evaluated;

        Assert.Superset(
            new HashSet<FindingKind>
            {
                FindingKind.BusinessAccountUnreachable, FindingKind.WrongPortfolio, FindingKind.AccessReduced, FindingKind.PhoneNumberUnreachable, FindingKind.PhoneNumberElsewhere,
                FindingKind.AppNotSubscribed, FindingKind.SendingBlocked, FindingKind.SendingLimited, FindingKind.PhoneNumberNotConnected, FindingKind.QualityLow, FindingKind.EnvironmentShared,
            },
            evaluated.ToHashSet());
    }

    [Fact]
    public void Without_a_portfolio_its_kinds_are_evaluated()
    {
        var evaluated = Healthy.Expected(e => e with { BusinessPortfolioId = null }).Seen(i => i with { Owner = null, AssignedUsers = null }).Assess().Evaluated;

        Assert.Contains(FindingKind.WrongPortfolio, evaluated);
        Assert.Contains(FindingKind.AccessReduced, evaluated);
    }

    [Fact]
    public void A_store_that_gives_no_value_evaluates_nothing_about_the_secret_unless_it_says_why()
    {
        FindingKind[] kinds = [FindingKind.SecretMissing, FindingKind.SecretDisabled, FindingKind.SecretMalformed, FindingKind.SecretAmbiguous];

        Assert.Superset(kinds.ToHashSet(), Healthy.Read(new SecretReading.Missing()).Assess().Evaluated.ToHashSet());
        Assert.Empty(kinds.Intersect(Healthy.Read(new SecretReading.Refused("403")).Assess().Evaluated));
        Assert.Empty(kinds.Intersect(Healthy.Read(new SecretReading.Unreachable("no answer")).Assess().Evaluated));
    }

    [Fact]
    public void A_malformed_value_with_a_contradiction_is_two_findings()
    {
        var attributes = new SecretAttributes { ContradictedBy = "WHATSAPP_API_TOKEN" };
        var findings = Healthy.Read(new SecretReading.Malformed(new SecretFault(SecretProblem.Quoted, SecretKind.AccessToken), attributes)).Assess().Findings;

        Assert.Equal([FindingKind.SecretMalformed, FindingKind.SecretAmbiguous], findings.Select(finding => finding.Kind));
    }

    [Fact]
    public void Blocked_sending_is_not_limited_and_limited_sending_is_not_blocked()
    {
        Assert.Contains(FindingKind.SendingLimited, Healthy.Health("BLOCKED").Assess().Evaluated);
        Assert.Contains(FindingKind.SendingBlocked, Healthy.Health("LIMITED").Assess().Evaluated);
    }

    [Fact]
    public void A_number_that_is_not_registered_can_be_accessed_and_names_the_configured_id()
    {
        var assessment = Healthy.Seen(i => i with { PhoneNumber = Error(133010, null, "(#133010) Phone number not registered") }).Assess();

        Assert.Contains(FindingKind.PhoneNumberUnreachable, assessment.Evaluated);
        var finding = Assert.Single(assessment.Findings);
        Assert.Equal(FindingSubject.PhoneNumber(PhoneId), finding.Subject);
        Assert.Equal(new FindingDetails.NumberStatus(new NamedId(PhoneId, null), NumberState.NotRegistered), finding.Details);
        Assert.NotNull(finding.GraphError);
    }

    /// <summary>What Graph leaves out or states in an unknown way, and the unknown fact.</summary>
    public static TheoryData<string, Func<object>, FactTopic, UnknownReason, UnknownCause, string?> UnknownFacts { get; } = new()
    {
        { "no status", () => Healthy.Number(n => n with { Status = null }), FactTopic.NumberStatus, UnknownReason.NotStated, UnknownCause.Omitted, null },
        { "an unknown status", () => Healthy.Number(n => n with { Status = "WARMING_UP" }), FactTopic.NumberStatus, UnknownReason.NotStated, UnknownCause.UnknownValue, "WARMING_UP" },
        { "no rating", () => Healthy.Number(n => n with { QualityRating = null }), FactTopic.NumberQuality, UnknownReason.NotStated, UnknownCause.Omitted, null },
        { "an unknown rating, by its own name", () => Healthy.Number(n => n with { QualityRating = "UNKNOWN" }), FactTopic.NumberQuality, UnknownReason.NotStated, UnknownCause.Omitted, null },
        { "an unknown rating", () => Healthy.Number(n => n with { QualityRating = "PURPLE" }), FactTopic.NumberQuality, UnknownReason.NotStated, UnknownCause.UnknownValue, "PURPLE" },
        { "no health", () => Healthy.Number(n => n with { Health = null }), FactTopic.Sending, UnknownReason.NotStated, UnknownCause.Omitted, null },
        { "no overall value and an entity without one", () => Healthy.Health(null, new SendingEntity("APP", AppId, "AVAILABLE", [], []), new SendingEntity("WABA", AccountId, null, [], [])), FactTopic.Sending, UnknownReason.NotStated, UnknownCause.Omitted, null },
        { "an app secret that the vault refuses", () => Healthy.Seen(i => i with { AppCredential = new AppCredentialStatus.NotRead(new SecretReading.Refused("403")) }), FactTopic.AppAnswer, UnknownReason.QueryFailed, UnknownCause.Error, "403" },
        { "an app secret that cannot be read", () => Healthy.Seen(i => i with { AppCredential = new AppCredentialStatus.NotRead(new SecretReading.Unreachable("no answer")) }), FactTopic.AppAnswer, UnknownReason.QueryFailed, UnknownCause.Error, "no answer" },
    };

    [Theory]
    [MemberData(nameof(UnknownFacts))]
    public void A_fact_that_is_not_stated_is_named_with_its_cause(string why, Func<object> situation, FactTopic topic, UnknownReason reason, UnknownCause cause, string? diagnostic)
    {
        var unknowns = ((Situation)situation()).Assess().Unknowns;

        Assert.True(unknowns.Contains(new UnknownFact(topic, reason, cause, diagnostic)), $"{why}: {string.Join("; ", unknowns)}");
    }

    [Fact]
    public void The_scopes_that_me_permissions_does_not_state_are_unknown_with_the_error()
    {
        var unknowns = Healthy.OnlyTheTokenItself(new AppCredentialStatus.NotConfigured()).Seen(i => i with { ScopeGrants = NoAnswer() }).Assess().Unknowns;

        Assert.Contains(unknowns, unknown => unknown is { Topic: FactTopic.Scopes, Reason: UnknownReason.QueryFailed, Diagnostic: not null });
    }

    [Fact]
    public void An_asset_that_needs_the_missing_scope_is_unknown_because_of_it() => Assert.Contains(
        new UnknownFact(FactTopic.BusinessAccountAccess, UnknownReason.NotStated, UnknownCause.ScopeMissing),
        Healthy.Debug(d => d with { Scopes = [Messaging], GranularScopes = null }).Seen(i => i with { BusinessAccount = NotThere }).Assess().Unknowns);

    [Fact]
    public void The_lists_of_an_account_that_cannot_be_read_are_unknown_because_of_it() => Assert.Contains(
        new UnknownFact(FactTopic.AppSubscription, UnknownReason.NotStated, UnknownCause.AccountUnreadable),
        Healthy.Seen(i => i with { BusinessAccount = NotThere, SubscribedAppIds = NotThere }).Assess().Unknowns);

    [Fact]
    public void An_asset_that_cannot_be_read_is_the_subject_of_its_finding()
    {
        var findings = Healthy.Seen(i => i with { BusinessAccount = NotThere, PhoneNumber = NotThere, PhoneNumberIds = null, SubscribedAppIds = null }).Assess().Findings;

        Assert.Equal([FindingSubject.BusinessAccount(AccountId), FindingSubject.PhoneNumber(PhoneId)], findings.Select(finding => finding.Subject));
    }

    [Fact]
    public void A_long_list_is_shown_by_its_first_ten_entries()
    {
        string[] many = [.. Enumerable.Range(0, 12).Select(number => $"9999999990000{number:00}")];

        var elsewhere = (FindingDetails.NumberElsewhere)Assert.Single(Healthy.Seen(i => i with { PhoneNumberIds = Rows(many) }).Assess().Findings).Details!;
        var subscription = (FindingDetails.Subscription)Assert.Single(Healthy.Seen(i => i with { SubscribedAppIds = Rows(many) }).Assess().Findings).Details!;

        Assert.Equal(many[..10], elsewhere.NumberIdsOfAccount);
        Assert.Equal(many[..10], subscription.SubscribedAppIds);
    }

    [Fact]
    public void The_app_and_the_user_of_the_token_are_known_from_either_answer()
    {
        var noApp = Healthy.Expected(e => e with { AppId = null, AppSecretName = null }).Seen(i => i with { SubscribedAppIds = Rows("1") });
        var byMe = Healthy.Debug(d => d with { UserId = null }).Seen(i => i with { AssignedUsers = Rows<AssignedUser>() });
        var byDebug = Healthy.Seen(i => i with { Me = new Identity("1", null), AssignedUsers = Rows<AssignedUser>() });
        var byNone = Healthy.Debug(d => d with { UserId = null }).Seen(i => i with { Me = null, AssignedUsers = Rows<AssignedUser>() });

        Assert.Equal(AppId, ((FindingDetails.Subscription)Assert.Single(noApp.Assess().Findings).Details!).AppId);
        Assert.Equal(UserId, ((FindingDetails.AccountAccess)Assert.Single(byMe.Assess().Findings).Details!).UserId);
        Assert.Equal(UserId, ((FindingDetails.AccountAccess)Assert.Single(byDebug.Assess().Findings).Details!).UserId);
        Assert.Contains(new UnknownFact(FactTopic.AccountControl, UnknownReason.NotStated, UnknownCause.SystemUserUnknown), byNone.Assess().Unknowns);
    }

    [Theory]
    [InlineData("123456789", null)]
    [InlineData("1234567890", IdMistake.PhoneNumberItself)]
    [InlineData("1234567890123", IdMistake.PhoneNumberItself)]
    [InlineData("12345678901234", null)]
    public void A_phone_number_in_place_of_its_id_has_ten_to_thirteen_digits(string id, IdMistake? mistake) =>
        Assert.Equal(mistake, MistakeOf(Healthy, id));

    [Fact]
    public void A_configured_id_is_recognized_by_whatever_answer_states_it()
    {
        const string Other = "777777777777777";

        Assert.Equal(IdMistake.SystemUser, MistakeOf(Healthy.Debug(d => d with { UserId = null }).Seen(i => i with { Me = new Identity(Other, null) }), Other));
        Assert.Equal(IdMistake.SystemUser, MistakeOf(Healthy.Seen(i => i with { Me = null }), UserId));
        Assert.Null(MistakeOf(Healthy.Seen(i => i with { Me = new Identity(Other, null) }), Other));
        Assert.Equal(IdMistake.App, MistakeOf(Healthy.Debug(d => d with { AppId = null }), AppId));
        Assert.Equal(IdMistake.App, MistakeOf(Healthy.Expected(e => e with { AppId = null }).Debug(d => d with { AppId = Other }).Seen(i => i with { SubscribedAppIds = null }), Other));
        Assert.Equal(IdMistake.Portfolio, MistakeOf(Healthy.Seen(i => i with { Owner = null }), PortfolioId));
        Assert.Equal(IdMistake.Portfolio, MistakeOf(Healthy.Expected(e => e with { BusinessPortfolioId = null }), PortfolioId));
        Assert.Null(MistakeOf(Healthy.Seen(i => i with { Owner = new Identity(Other, null) }), Other));
    }

    [Fact]
    public void Environments_that_share_a_number_are_listed_by_name()
    {
        var shared = (FindingDetails.SharedAssets)Assert.Single(Healthy.Beside("staging", null, PhoneId).Beside("demo", null, PhoneId).Assess().Findings).Details!;

        Assert.Equal(["demo", "staging"], shared.WithSameNumber);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Sharing_is_evaluated_only_if_every_configured_asset_was_read(bool hasAccount, bool hasNumber)
    {
        var situation = Healthy.Seen(i => i with
        {
            BusinessAccount = hasAccount ? i.BusinessAccount : NoAnswer(),
            PhoneNumber = hasNumber ? i.PhoneNumber : NoAnswer(),
        });

        Assert.DoesNotContain(FindingKind.EnvironmentShared, situation.Assess().Evaluated);
        Assert.Contains(
            FindingKind.EnvironmentShared,
            situation.Expected(e => hasAccount ? e with { PhoneNumberId = null } : e with { BusinessAccountId = null, BusinessPortfolioId = null })
                .Seen(i => hasAccount ? i with { PhoneNumber = null } : i with { BusinessAccount = null }).Assess().Evaluated);
    }

    [Theory]
    [InlineData("v27.0", true)]
    [InlineData("v27.x", false)]
    [InlineData("x27.0", false)]
    [InlineData("v", false)]
    public void Only_a_version_is_compared_with_the_requested_one(string answered, bool isFinding) =>
        Assert.Equal(isFinding, Healthy.Seen(i => i with { AnsweredVersion = answered }).Assess().Findings.Any());

    [Theory]
    [InlineData("LIMITED", "AVAILABLE", null, false)]
    [InlineData("BLOCKED", "AVAILABLE", "AVAILABLE", true)]
    [InlineData("BLOCKED", "AVAILABLE", null, false)]
    public void An_unsupported_overall_value_is_healthy_only_if_every_entity_is_available(string overall, string one, string? other, bool isEvaluated)
    {
        var assessment = Healthy.Health(overall, new SendingEntity("WABA", AccountId, one, [], []), new SendingEntity("APP", AppId, other, [], [])).Assess();

        Assert.Empty(assessment.Findings);
        Assert.Equal(isEvaluated, assessment.Evaluated.Contains(FindingKind.SendingBlocked));
        Assert.Contains(new UnknownFact(FactTopic.Sending, UnknownReason.NotStated, UnknownCause.UnsupportedValue, overall), assessment.Unknowns);
    }

    [Fact]
    public void One_entity_with_an_error_about_messages_or_an_unknown_value_supports_the_overall_value()
    {
        var available = new SendingEntity("APP", AppId, "AVAILABLE", [], []);

        Assert.Equal(FindingKind.SendingLimited, Kind(new SendingEntity("WABA", AccountId, "AVAILABLE", [new("141006", "Payment issue", null)], [])));
        Assert.Equal(FindingKind.SendingLimited, Kind(new SendingEntity("WABA", AccountId, "WARMING_UP", [], [])));
        Assert.Equal(FindingKind.SendingLimited, Kind(new SendingEntity("WABA", AccountId, null, [new(null, "Payment issue", null)], [])));

        FindingKind? Kind(SendingEntity entity) => Healthy.Health("LIMITED", available, entity).Assess().Findings.SingleOrDefault()?.Kind;
    }

    [Fact]
    public void An_error_without_a_code_about_SIP_is_about_calling() => Assert.Empty(
        Healthy.Health("LIMITED", new SendingEntity("WABA", AccountId, "AVAILABLE", [new(null, "SIP is not enabled", null)], [])).Assess().Findings);

    [Fact]
    public void The_evidence_of_sending_lists_the_entities_that_are_not_available()
    {
        var sending = (FindingDetails.Sending)Assert.Single(Healthy.Health(
            "BLOCKED",
            new SendingEntity("WABA", AccountId, "BLOCKED", [], []),
            new SendingEntity("APP", AppId, "AVAILABLE", [], []),
            new SendingEntity("BUSINESS", "1", null, [], []),
            new SendingEntity("PHONE_NUMBER", PhoneId, null, [new("138024", "SIP is not enabled", null)], [])).Assess().Findings).Details!;

        Assert.Equal(["WABA", "BUSINESS"], sending.Entities.Select(entity => entity.EntityType));
    }

    [Theory]
    [InlineData("Your display name has not been approved yet.", null, FindingCause.DisplayNamePending)]
    [InlineData("Your display name has not been approved yet.", "Payment issue", FindingCause.Usual)]
    [InlineData("Payment issue", null, FindingCause.Usual)]
    [InlineData(null, null, FindingCause.Usual)]
    public void A_pending_display_name_is_the_cause_only_if_it_is_the_only_reason(string? one, string? other, FindingCause cause)
    {
        SendingError[] errors = other is null ? [] : [new("141006", other, null)];
        string[] information = one is null ? [] : [one];

        Assert.Equal(cause, Assert.Single(Healthy.Health("LIMITED", new SendingEntity("PHONE_NUMBER", PhoneId, "LIMITED", errors, information)).Assess().Findings).Cause);
    }

    [Fact]
    public void A_personal_token_of_sixty_days_is_not_a_temporary_one_and_neither_is_a_system_users_of_a_day()
    {
        var sixtyDays = Healthy.Debug(d => d with { Type = "USER", IssuedAt = Now.AddDays(-1), ExpiresAt = GraphExpiry.At(Now.AddDays(59)) });
        var ofSystemUser = Healthy.Debug(d => d with { IssuedAt = Now.AddHours(-12), ExpiresAt = GraphExpiry.At(Now.AddHours(12)) });

        Assert.All(sixtyDays.Assess().Findings.Concat(ofSystemUser.Assess().Findings), finding => Assert.Equal(FindingCause.Usual, finding.Cause));
    }

    [Fact]
    public void Only_an_expiry_of_data_access_within_a_day_is_in_the_dates_of_the_token()
    {
        FindingDetails.TokenDates Dates(double days) => (FindingDetails.TokenDates)Healthy
            .Debug(d => d with { ExpiresAt = GraphExpiry.At(Now.AddDays(59)), DataAccessExpiresAt = GraphExpiry.At(Now.AddDays(days)) })
            .Assess().Findings.First(finding => finding.Kind is FindingKind.TokenExpires).Details!;

        Assert.Equal(Now.AddDays(59.5), Dates(59.5).DataAccessExpiresAt);
        Assert.Null(Dates(80).DataAccessExpiresAt);
    }

    [Theory]
    [InlineData(false, true, FindingKind.TokenInvalid)]
    [InlineData(true, false, FindingKind.TokenInvalid)]
    [InlineData(false, false, FindingKind.TokenUnreadable)]
    public void An_invalid_token_without_a_reason_is_unreadable_only_if_nothing_is_known_about_it(bool hasApp, bool hasType, FindingKind kind) => Assert.Equal(
        kind,
        Assert.Single(Healthy.Dead(Error(190, null, "x"), d => d with { AppId = hasApp ? AppId : null, Type = hasType ? "SYSTEM_USER" : null }).Assess().Findings).Kind);

    [Fact]
    public void An_unusable_app_secret_has_its_fault_and_an_expired_token_its_dates()
    {
        var fault = new SecretFault(SecretProblem.Quoted, SecretKind.AppSecret);
        var malformed = Assert.Single(Healthy.Seen(i => i with { AppCredential = new AppCredentialStatus.NotRead(new SecretReading.Malformed(fault, new SecretAttributes())) }).Assess().Findings);
        var expired = Assert.Single(Healthy.Debug(d => d with { ExpiresAt = GraphExpiry.At(Now.AddDays(-1)) }).Assess().Findings);
        var anotherApp = Assert.Single(Healthy.OnlyTheTokenItself(new AppCredentialStatus.Accepted()).Seen(i => i with { BelongsToAnotherApp = true }).Assess().Findings);

        Assert.Equal((FindingCause.SecretMalformed, new FindingDetails.AppCredential(fault)), (malformed.Cause, malformed.Details));
        Assert.Equal(new FindingDetails.TokenDates(Now.AddDays(-90), Now.AddDays(-1)), expired.Details);
        Assert.Equal((FindingCause.AppNotStated, AppId), (anotherApp.Cause, ((FindingDetails.AppMismatch)anotherApp.Details!).ExpectedId));
        Assert.NotNull(anotherApp.GraphError);
    }

    private static IdMistake? MistakeOf(Situation situation, string id)
    {
        var assessed = situation.Expected(e => e with { PhoneNumberId = id }).Seen(i => i with { PhoneNumber = NotThere, PhoneNumberIds = null }).Assess();
        return ((FindingDetails.ConfiguredId)assessed.Findings.Single(finding => finding.Kind is FindingKind.PhoneNumberUnreachable).Details!).Mistake;
    }
}
