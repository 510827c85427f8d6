using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Setup;
using SafeCast.TokenMonitor.Tests.Support;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Setup;

public sealed class ChecklistTests
{
    private const string Messaging = "whatsapp_business_messaging";

    private static readonly Identity SameUser = new(UserId, "Integration");

    public static TheoryData<FindingKind> Kinds => [.. Enum.GetValues<FindingKind>().Except([FindingKind.ScopeMissing, FindingKind.ScopeNarrowed])];

    [Fact]
    public void Every_step_of_a_valid_token_is_proven() =>
        Assert.All(Steps(Healthy), step => Assert.True(step.Outcome is StepOutcome.Passed, $"{step.Id}: {step.Outcome}, {step.Detail}"));

    [Fact]
    public void The_steps_stand_in_the_order_in_which_a_token_is_made_and_used() => Assert.Equal(
        [
            "secret", "secret-date", "app-credential", "valid", "system-user", "app", "expiry", "scope-whatsapp_business_messaging", "scope-whatsapp_business_management",
            "business-account", "phone-number", "phone-number-account", "portfolio", "full-control", "subscription", "sending", "number-status", "number-quality",
            "own-token", "own-account", "same-system-user", "graph-version",
        ],
        Steps(Healthy).Select(step => step.Id));

    [Fact]
    public void Without_ids_the_step_about_shared_ids_is_skipped()
    {
        var step = Assert.Single(
            Steps(Healthy.Expected(e => e with { BusinessAccountId = null, PhoneNumberId = null, BusinessPortfolioId = null })), step => step.Id == "own-account");

        Assert.Equal((StepOutcome.Unknown, true), (step.Outcome, step.IsOptional));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_finding_fails_exactly_one_step_which_contains_its_fix(FindingKind kind)
    {
        var finding = new Finding { Kind = kind, Severity = FindingCatalogue.Of(kind).Severity, GraphError = Error(1, null, "something") };
        var assessment = Healthy.Assess() with { Findings = [finding] };
        var wording = EnglishWording.Instance;

        var failed = Assert.Single(
            Checklist.Of(Healthy.Inspection, Healthy.Expectation, assessment, SameUser, [], ChecklistSubject.StoredToken, wording, Now), step => step.Outcome is StepOutcome.Failed);

        Assert.Equal(wording.Describe(finding, assessment.Context!, Now).Statement, failed.Detail);
        Assert.Equal(Remediation.Of(finding, isInVault: true).Select(step => wording.Describe(step, assessment.Context!)), failed.Remediation);
        Assert.Equal(wording.EvidenceOf(finding, assessment.Context!), failed.Evidence);
    }

    [Theory]
    [InlineData("expiry")]
    [InlineData("system-user")]
    [InlineData("own-token")]
    public void A_wrong_choice_at_generation_prevents_storing_although_it_is_a_warning_later(string id)
    {
        var situation = id switch
        {
            "expiry" => Healthy.Debug(d => d with { ExpiresAt = GraphExpiry.At(Now.AddDays(60)) }),
            "system-user" => Healthy.Debug(d => d with { Type = "USER" }),
            _ => Healthy with { Settings = new([], ["staging"]) },
        };

        var step = Step(situation, id);

        Assert.Equal((StepOutcome.Failed, true), (step.Outcome, step.IsBlocking));
    }

    [Fact]
    public void A_60_day_token_that_is_to_be_renewed_is_as_it_should_be()
    {
        var step = Step(Healthy.Expected(e => e with { Expiry = ExpiryPolicy.Renewed }).Debug(d => d with { ExpiresAt = GraphExpiry.At(Now.AddDays(60)) }), "expiry");

        Assert.Equal((StepOutcome.Passed, "It expires 2027-01-21 03:07 UTC."), (step.Outcome, step.Detail));
    }

    [Fact]
    public void Each_scope_has_a_step_of_its_own()
    {
        var steps = Steps(Healthy.Debug(d => d with { Scopes = [Messaging], GranularScopes = [new GranularScope(Messaging, ["999"])] }));

        Assert.Equal("It has this scope only for other accounts.", steps.Single(step => step.Id == $"scope-{Messaging}").Detail);
        Assert.Equal("Graph does not list this scope; what needs it can be read.", steps.Single(step => step.Id == "scope-whatsapp_business_management").Detail);
        Assert.Equal("It lacks this scope.", Step(Healthy.Debug(d => d with { Scopes = ["whatsapp_business_management"], GranularScopes = null }), $"scope-{Messaging}").Detail);
    }

    [Fact]
    public void A_scope_is_said_to_be_for_this_account_where_Graph_lists_for_which_accounts_it_is() =>
        Assert.Equal($"It has the scope {Messaging}, for this account", Step(Healthy, $"scope-{Messaging}").Title);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_scope_is_not_stated_to_be_for_this_account_where_Graph_leaves_out_for_which_accounts_scopes_are(bool listsTheOther)
    {
        var steps = Steps(Healthy.Debug(d => d with { GranularScopes = listsTheOther ? [new GranularScope("whatsapp_business_management", null)] : null }));

        IsProvenOfNoAccount(steps.Single(step => step.Id == $"scope-{Messaging}"));
        Assert.DoesNotContain(steps, step => step.IsBlocking);
    }

    [Fact]
    public void A_scope_for_other_accounts_only_fails_though_Graph_leaves_out_for_which_accounts_the_other_is()
    {
        var steps = Steps(Healthy.Debug(d => d with { GranularScopes = [new GranularScope("whatsapp_business_management", ["999"])] }));

        Assert.Equal(
            (StepOutcome.Failed, "It has the scope whatsapp_business_management, for this account"),
            steps.Where(step => step.Id == "scope-whatsapp_business_management").Select(step => (step.Outcome, step.Title)).Single());
        IsProvenOfNoAccount(steps.Single(step => step.Id == $"scope-{Messaging}"));
    }

    [Fact]
    public void The_checklist_of_an_invalid_token_says_why_steps_are_unknown()
    {
        var steps = Steps(Healthy.Dead(Error(190, 466, "Error validating access token")));

        Assert.Equal(["valid"], steps.Where(step => step.Outcome is StepOutcome.Failed).Select(step => step.Id));
        foreach (var id in (string[])["expiry", "scope-whatsapp_business_messaging", "business-account", "phone-number", "sending"])
        {
            var step = steps.Single(one => one.Id == id);
            Assert.Equal((StepOutcome.Unknown, "The token is not valid, so it cannot be used to check this."), (step.Outcome, step.Detail));
        }
    }

    [Fact]
    public void When_Graph_is_down_nothing_about_the_token_is_proven_and_nothing_failed()
    {
        var steps = Steps(Healthy.Seen(i => i with
        {
            Debug = NoAnswer(),
            AppCredential = new AppCredentialStatus.NotAnswered(NoAnswer()),
            Source = InspectionSource.None,
            AnsweredVersion = null,
        }).WithoutAssets());

        Assert.DoesNotContain(steps, step => step.Outcome is StepOutcome.Failed);
        Assert.Equal(["secret", "secret-date", "own-token"], steps.Where(step => step.Outcome is StepOutcome.Passed).Select(step => step.Id));
        Assert.All(steps.Where(step => step.Id is "valid" or "expiry" or "business-account"), step =>
        {
            Assert.Equal("Graph gave no answer in time.", step.Detail);
            Assert.True(step.IsBlocking);
        });
    }

    [Fact]
    public void Without_the_apps_credential_what_only_it_may_say_is_not_proven()
    {
        var steps = Steps(Healthy.Expected(e => e with { AppSecretName = null }).OnlyTheTokenItself(new AppCredentialStatus.NotConfigured()));

        Assert.True(steps.Single(step => step.Id == "app-credential").IsOptional);
        Assert.True(steps.Single(step => step.Id == "expiry").IsBlocking);
        Assert.Contains("must provide an app access token", steps.Single(step => step.Id == "expiry").Detail, StringComparison.Ordinal);
        IsProvenOfNoAccount(steps.Single(step => step.Id == $"scope-{Messaging}"));
        Assert.Equal(StepOutcome.Passed, steps.Single(step => step.Id == "phone-number").Outcome);
    }

    [Fact]
    public void A_step_that_is_not_configured_is_skipped_and_does_not_prevent_storing()
    {
        var steps = Steps(Healthy.Expected(e => new TokenExpectation { Name = e.Name, SecretName = e.SecretName }).WithoutAssets());

        Assert.All(steps.Where(step => step.Id is "app" or "business-account" or "phone-number" or "portfolio" or "sending"), step =>
        {
            Assert.Equal(StepOutcome.Unknown, step.Outcome);
            Assert.True(step.IsOptional);
            Assert.EndsWith(" is not configured.", step.Detail, StringComparison.Ordinal);
        });
        Assert.DoesNotContain(steps, step => step.IsBlocking);
    }

    [Fact]
    public void An_unknown_type_is_no_proof_of_a_system_user()
    {
        var step = Step(Healthy.Debug(d => d with { Type = "ROBOT" }), "system-user");

        Assert.Equal((StepOutcome.Unknown, "Graph states the type ROBOT, which this monitor does not know."), (step.Outcome, step.Detail));
    }

    [Fact]
    public void An_accepted_finding_does_not_prevent_storing()
    {
        var step = Step(Healthy.Debug(d => d with { ExpiresAt = GraphExpiry.At(Now.AddDays(60)) }).Ignoring("token-expires"), "expiry");

        Assert.Equal((StepOutcome.Failed, true, false), (step.Outcome, step.IsOptional, step.IsBlocking));
    }

    [Fact]
    public void Another_environments_token_that_could_not_be_read_leaves_open_whether_it_is_the_same()
    {
        var step = Checklist.Of(Healthy.Inspection, Healthy.Expectation, Healthy.Assess(), SameUser, ["staging"], ChecklistSubject.StoredToken, EnglishWording.Instance, Now).Single(one => one.Id == "own-token");

        Assert.Equal((StepOutcome.Unknown, "The token of \"staging\" could not be read.", false), (step.Outcome, step.Detail, step.IsBlocking));
    }

    [Fact]
    public void Another_system_user_than_before_is_a_warning()
    {
        var step = Checklist.Of(Healthy.Inspection, Healthy.Expectation, Healthy.Assess(), new Identity("999", "Old sender"), [], ChecklistSubject.StoredToken, EnglishWording.Instance, Now).Single(one => one.Id == "same-system-user");

        Assert.Equal((StepOutcome.Failed, Severity.Warning, false), (step.Outcome, step.Severity, step.IsBlocking));
        Assert.Equal($"It belongs to \"Integration\" ({UserId}); the previous token belonged to \"Old sender\" (999).", step.Detail);
    }

    [Fact]
    public void Without_state_the_previous_system_user_is_unknown()
    {
        var step = Checklist.Of(Healthy.Inspection, Healthy.Expectation, Healthy.Assess(), previousUser: null, [], ChecklistSubject.StoredToken, EnglishWording.Instance, Now).Single(one => one.Id == "same-system-user");

        Assert.Equal((StepOutcome.Unknown, true), (step.Outcome, step.IsOptional));
    }

    [Fact]
    public void A_vault_that_refuses_is_the_reason_for_everything()
    {
        var steps = Steps(Healthy.Read(new SecretReading.Refused("The vault refuses you.")));

        Assert.All(steps.Where(step => !step.IsOptional), step => Assert.Equal((StepOutcome.Unknown, "The vault refuses you."), (step.Outcome, step.Detail)));
    }

    private static void IsProvenOfNoAccount(CheckedStep step) => Assert.Equal(
        (StepOutcome.Passed, $"It has the scope {Messaging}", "Graph did not list the accounts that they are granted for."), (step.Outcome, step.Title, step.Detail));

    private static CheckedStep Step(Situation situation, string id) => Steps(situation).Single(step => step.Id == id);

    private static IReadOnlyList<CheckedStep> Steps(Situation situation) =>
        Checklist.Of(situation.Inspection, situation.Expectation, situation.Assess(), SameUser, [], ChecklistSubject.StoredToken, EnglishWording.Instance, Now);
}
