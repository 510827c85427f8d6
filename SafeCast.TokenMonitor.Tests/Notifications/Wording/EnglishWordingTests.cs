using System.Globalization;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Notifications.Wording;

/// <summary>The words for every finding and its steps: complete, short, and safe to follow at night.</summary>
public sealed partial class EnglishWordingTests
{
    private static readonly TokenContext Names = new()
    {
        TokenName = "the-token",
        SecretName = "the-secret",
        StoreName = "the-store",
        SystemUser = new NamedId(null, "the-user"),
        App = new NamedId("123456789012345", "the-app"),
        AppSecretName = "the-app-secret",
        BusinessAccount = new NamedId(null, "the-account"),
        PhoneNumber = new NamedId(null, "the-number"),
        Portfolio = new NamedId(null, "the-portfolio"),
        RequiredScopes = ["scope-a", "scope-b"],
        Expiry = ExpiryPolicy.Renewed,
    };

    private static readonly TokenContext Usual = new()
    {
        TokenName = "production",
        SecretName = "whatsapp-system-user-token",
        StoreName = "Key Vault contoso-whatsapp",
        SystemUser = new NamedId("122100000000007", "Contoso sender"),
        App = new NamedId("123456789012345", "Contoso Messaging"),
        AppSecretName = "whatsapp-app-secret",
        BusinessAccount = new NamedId("102290129340398", "Contoso Support"),
        PhoneNumber = new NamedId("106540352242922", "+1 555 0100"),
        Portfolio = new NamedId("506914307656634", "Contoso Ltd"),
        RequiredScopes = TokenExpectation.DefaultScopes,
        Expiry = ExpiryPolicy.Renewed,
    };

    public static TheoryData<string> Ids => [.. FindingCatalogue.All.Select(definition => definition.Id)];

    [Fact]
    public void The_details_of_a_Meta_error_are_evidence()
    {
        var finding = new Finding
        {
            Kind = FindingKind.BusinessAccountUnreachable,
            Severity = Severity.Critical,
            Subject = FindingSubject.Token,
            GraphError = new GraphError { Class = GraphErrorClass.Asset, Code = 100, Message = "(#100) Invalid parameter", Details = "The account is in review." },
        };

        Assert.Contains(new LabelledValue("Meta details", "The account is in review."), EnglishWording.Instance.EvidenceOf(finding, Names));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_happened_ends_the_sentence_that_the_token_begins(string id)
    {
        var words = Words(id);

        Assert.Matches("^WhatsApp token \"the-token\" [a-z]", words.Title);
        Assert.DoesNotMatch("[.!]$", words.Title);
        Assert.Matches(@"^It [a-z].*[^.]\.$", words.Statement);
        Assert.Matches("^[A-Z][A-Za-z ]+$", words.Noun);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_finding_says_what_stops_working_and_what_to_do(string id)
    {
        var remediation = Steps(id, Names);

        Assert.Matches(@"^[A-Z].+\.$", Words(id).Impact);
        Assert.NotEmpty(remediation);
        Assert.All(remediation, step => Assert.Matches(@"^[A-Z].+\.$", step.Text));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_stops_working_leaves_the_first_step_within_fifteen_words(string id) =>
        Assert.InRange(Count(Words(id).Impact), 1, 15);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_step_is_at_most_twenty_five_words_long_with_the_longest_of_usual_names(string id) =>
        Assert.All(Steps(id, Usual), step => Assert.True(Count(step.Text) <= 25, $"{Count(step.Text)} words: {step.Text}"));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Links_lead_to_https_pages_of_Meta_the_Azure_portal_and_the_runbook(string id)
    {
        var links = Steps(id, Names).Select(step => step.Link).OfType<Link>();

        Assert.All(links, link =>
        {
            Assert.Equal(Uri.UriSchemeHttps, link.Url.Scheme);
            Assert.Contains(link.Url.Host, new[] { "business.facebook.com", "developers.facebook.com", "portal.azure.com", Runbook.Address.Host });
            Assert.True(link.Url.Host != Runbook.Address.Host || link.Url.AbsolutePath == Runbook.Address.AbsolutePath);
            Assert.True(link.Url.IsDefaultPort);
            Assert.NotEmpty(link.Title);
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_remediation_has_a_page_to_open(string id) =>
        Assert.Contains(Steps(id, Names), step => step.Link is not null);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_step_that_names_a_step_of_the_setup_procedure_links_to_it(string id) =>
        Assert.All(Steps(id, Names), step =>
        {
            if (SetupStepIn().Match(step.Text) is { Success: true } match)
            {
                Assert.Equal(Runbook.SectionOf((SetupStep)int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).AbsoluteUri, step.Link?.Url.AbsoluteUri);
            }
        });

    [Theory]
    [MemberData(nameof(Ids))]
    public void Remediation_names_this_tokens_own_things(string id)
    {
        var remediation = string.Join('\n', Steps(id, Names).Select(step => step.Text));
        string[] names = id switch
        {
            "graph-version-expired" => ["TokenMonitor__Graph__Version"],
            "business-account-unreachable" or "access-reduced" => ["the-token", "the-user", "the-account"],
            "wrong-portfolio" => ["the-token", "the-portfolio", "the-account"],
            "phone-number-unreachable" => ["the-token", "the-user", "the-number"],
            "phone-number-not-connected" => ["the-token", "the-number"],
            "app-unavailable" => ["the-token", "the-app"],
            "quality-low" => ["the-token"],
            "phone-number-elsewhere" => ["the-token", "the-account", "the-number"],
            "sending-blocked" or "sending-limited" or "secret-ambiguous" or "environment-shared" => ["the-token"],
            "app-credential-rejected" => ["the-token", "the-app", "the-app-secret", "the-store"],
            "app-not-subscribed" => ["the-token", "the-app", "the-account"],
            "wrong-app" or "token-shared" => ["the-token", "the system user of \"the-app\"", "\"60 days\"", "scope-a and scope-b", "the-secret", "the-store"],
            "scope-narrowed" => ["the-token", "the-user", "the-account", "the-app", "scope-a and scope-b", "the-secret", "the-store"],
            _ => ["the-token", "the-user", "the-app", "\"60 days\"", "scope-a and scope-b", "the-secret", "the-store"],
        };

        Assert.All(names, name => Assert.Contains(name, remediation, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Remediation_ends_with_what_shows_that_it_worked_or_with_what_is_left_to_do_then(string id)
    {
        var steps = Steps(id, Names).Select(step => step.Text).ToList();

        var proof = steps.FindLastIndex(text => text.StartsWith("Run \"tokenmonitor check\"", StringComparison.Ordinal));
        Assert.True(proof >= 1, "Nothing shows whether the remedy worked.");
        Assert.All(steps.Skip(proof + 1), text => Assert.Matches("^(Revoke nothing|Then ask|To learn why)", text));
    }

    /// <summary>At night nobody considers the side effects of a step. Revoking and resetting stop tokens that still work.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void No_remediation_revokes_resets_or_deletes_anything(string id) =>
        Assert.All(Steps(id, Names), step =>
        {
            var text = step.Text.Replace("Revoke nothing", "", StringComparison.Ordinal).Replace("do not reset it", "", StringComparison.Ordinal)
                .Replace("Manage deleted secrets", "", StringComparison.Ordinal).Replace("restricted, moved or deleted", "", StringComparison.Ordinal);
            Assert.DoesNotMatch("(?i)revoke|reset|delete|purge", text);
        });

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_token_is_stored_by_the_command_that_checks_it_first(string id)
    {
        var steps = Steps(id, Names).Select(step => step.Text).ToList();

        var generate = steps.FindIndex(text => text.Contains("select \"Generate token\"", StringComparison.Ordinal));
        Assert.Equal(generate < 0 ? -1 : generate + 3, steps.FindIndex(text => text.Contains("\"tokenmonitor store --token the-token\"", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_debugger_is_named_as_the_only_page_for_a_token(string id) =>
        Assert.All(Steps(id, Names).Where(step => step.Link?.Url.AbsolutePath.Contains("debug", StringComparison.Ordinal) is true), step =>
            Assert.Contains("into no other page", step.Text, StringComparison.Ordinal));

    /// <summary>The scrubber takes out whatever looks like a secret: it finds nothing.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Remediation_contains_no_secret(string id) =>
        Assert.All(Steps(id, Usual), step => Assert.Equal(step.Text, UntrustedText.Clean(step.Text)));

    [Fact]
    public void A_name_with_a_blank_is_one_argument_of_the_command()
    {
        var remediation = Steps("token-revoked", Names with { TokenName = "my shop" });

        Assert.Contains(remediation, step => step.Text.Contains("tokenmonitor store --token 'my shop'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("123/../../evil")]
    [InlineData("١٢٣٤٥")]
    public void An_app_without_a_usable_id_has_no_page(string? appId)
    {
        var remediation = Steps("app-not-subscribed", Names with { App = new NamedId(appId, "the-app") });

        Assert.All(remediation, step => Assert.NotEqual("developers.facebook.com", step.Link?.Url.Host));
    }

    // The finding as a rule makes it, with its details.
    private static Finding Sample(string id) => Messages.Findings[id].Assess().Findings.Single(finding => finding.Id == id);

    private static FindingText Words(string id) => EnglishWording.Instance.Describe(Sample(id), Names, Situation.Now);

    private static List<StepText> Steps(string id, TokenContext token) =>
        [.. Remediation.Of(Sample(id), token.IsInVault).Select(step => EnglishWording.Instance.Describe(step, token))];

    private static int Count(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));

    [GeneratedRegex(@"setup step (\d+)")]
    private static partial Regex SetupStepIn();
}
