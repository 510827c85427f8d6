using System.Globalization;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Tests.Assessment;

public sealed partial class FindingCatalogueTests
{
    private static readonly TokenNames Names = new()
    {
        Token = "the-token",
        Secret = "the-secret",
        Store = "the-store",
        SystemUser = "the-user",
        App = "the-app",
        AppId = "123456789012345",
        AppSecret = "the-app-secret",
        BusinessAccount = "the-account",
        PhoneNumber = "the-number",
        Portfolio = "the-portfolio",
        Scopes = "the-scopes",
        Expiration = "the-expiration",
    };

    private static readonly TokenNames Usual = new()
    {
        Token = "production",
        Secret = "whatsapp-system-user-token",
        Store = "Key Vault contoso-whatsapp",
        SystemUser = "\"Contoso sender\" (122100000000007)",
        App = "\"Contoso Messaging\" (123456789012345)",
        AppId = "123456789012345",
        AppSecret = "whatsapp-app-secret",
        BusinessAccount = "\"Contoso Support\" (102290129340398)",
        PhoneNumber = "\"+1 555 0100\" (106540352242922)",
        Portfolio = "\"Contoso Ltd\" (506914307656634)",
        Scopes = "whatsapp_business_messaging and whatsapp_business_management",
        Expiration = "60 days",
    };

    // Ids are what configurations, reports, states and the runbook hold: none of them may change or go.
    private static readonly (string Id, Severity Severity)[] Expected =
    [
        ("token-revoked", Severity.Critical),
        ("token-expired", Severity.Critical),
        ("token-invalidated", Severity.Critical),
        ("app-removed", Severity.Critical),
        ("user-action-required", Severity.Critical),
        ("token-unreadable", Severity.Critical),
        ("token-invalid", Severity.Critical),
        ("token-expires", Severity.Warning),
        ("data-access-expires", Severity.Warning),
        ("scope-missing", Severity.Critical),
        ("scope-narrowed", Severity.Critical),
        ("not-system-user", Severity.Warning),
        ("wrong-app", Severity.Critical),
        ("token-shared", Severity.Warning),
        ("environment-shared", Severity.Warning),
        ("secret-ambiguous", Severity.Warning),
        ("secret-missing", Severity.Critical),
        ("secret-disabled", Severity.Critical),
        ("secret-malformed", Severity.Critical),
        ("secret-expires", Severity.Warning),
        ("business-account-unreachable", Severity.Critical),
        ("wrong-portfolio", Severity.Critical),
        ("access-reduced", Severity.Warning),
        ("phone-number-unreachable", Severity.Critical),
        ("phone-number-elsewhere", Severity.Critical),
        ("app-not-subscribed", Severity.Warning),
        ("sending-blocked", Severity.Critical),
        ("sending-limited", Severity.Warning),
        ("app-credential-rejected", Severity.Warning),
        ("graph-version-expired", Severity.Warning),
    ];

    public static TheoryData<string> Ids => [.. FindingCatalogue.All.Select(definition => definition.Id)];

    [Fact]
    public void Every_kind_has_exactly_one_definition() => Assert.Equal(
        Enum.GetValues<FindingKind>().Order(),
        FindingCatalogue.All.Select(definition => definition.Kind).Order());

    [Fact]
    public void The_ids_and_severities_are_the_agreed_ones() => Assert.Equal(
        Expected.OrderBy(entry => entry.Id, StringComparer.Ordinal),
        FindingCatalogue.All.Select(definition => (definition.Id, definition.Severity)).OrderBy(entry => entry.Id, StringComparer.Ordinal));

    [Fact]
    public void The_worse_definitions_stand_first() => Assert.Equal(
        FindingCatalogue.All.Select(definition => definition.Severity).OrderDescending(),
        FindingCatalogue.All.Select(definition => definition.Severity));

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_id_is_the_kinds_name_in_kebab_case(string id)
    {
        var definition = FindingCatalogue.Find(id)!;

        Assert.Matches("^[a-z]+(-[a-z]+)+$", id);
        Assert.Equal(definition.Kind.ToString(), string.Concat(id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
        Assert.Same(definition, FindingCatalogue.Of(definition.Kind));
        Assert.Same(definition, FindingCatalogue.Find(id.ToUpperInvariant()));
    }

    [Fact]
    public void An_id_that_nobody_knows_is_not_found() => Assert.Null(FindingCatalogue.Find("token-lost"));

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_happened_ends_the_sentence_that_the_token_begins(string id)
    {
        var predicate = string.Format(CultureInfo.InvariantCulture, FindingCatalogue.Find(id)!.Predicate, "DETAIL", "DETAIL");

        Assert.Matches("^[a-z]", predicate);
        Assert.DoesNotMatch(@"[{}]|[.!]$", predicate);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_finding_says_what_stops_working_and_what_to_do(string id)
    {
        var definition = FindingCatalogue.Find(id)!;
        var remedy = definition.Remedy(Names);

        Assert.Matches(@"^[A-Z].+\.$", definition.Impact);
        Assert.NotEmpty(remedy);
        Assert.All(remedy, step => Assert.Matches(@"^[A-Z].+\.$", step.Text));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_stops_working_leaves_the_first_step_within_fifteen_words(string id) =>
        Assert.InRange(Words(FindingCatalogue.Find(id)!.Impact), 1, 15);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_step_is_at_most_twenty_five_words_long_with_the_longest_of_usual_names(string id) =>
        Assert.All(FindingCatalogue.Find(id)!.Remedy(Usual), step => Assert.True(Words(step.Text) <= 25, $"{Words(step.Text)} words: {step.Text}"));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Links_are_https_pages_of_Metas_of_the_vaults_portal_and_of_the_runbook(string id)
    {
        var links = FindingCatalogue.Find(id)!.Remedy(Names).Select(step => step.Link).OfType<Link>();

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
    public void Every_remedy_has_a_page_to_open(string id) =>
        Assert.Contains(FindingCatalogue.Find(id)!.Remedy(Names), step => step.Link is not null);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_step_that_names_a_step_of_the_setup_procedure_links_to_it(string id) =>
        Assert.All(FindingCatalogue.Find(id)!.Remedy(Names), step =>
        {
            if (SetupStepIn().Match(step.Text) is { Success: true } match)
            {
                Assert.Equal(Runbook.SectionOf((SetupStep)int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).AbsoluteUri, step.Link?.Url.AbsoluteUri);
            }
        });

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_remedy_names_this_tokens_own_things(string id)
    {
        var remedy = string.Join('\n', FindingCatalogue.Find(id)!.Remedy(Names).Select(step => step.Text));
        string[] names = id switch
        {
            "graph-version-expired" => ["TokenMonitor__Graph__Version"],
            "business-account-unreachable" or "access-reduced" => ["the-token", "the-user", "the-account"],
            "wrong-portfolio" => ["the-token", "the-portfolio", "the-account"],
            "phone-number-unreachable" => ["the-token", "the-user", "the-number"],
            "phone-number-elsewhere" => ["the-token", "the-account", "the-number"],
            "sending-blocked" or "sending-limited" or "secret-ambiguous" or "environment-shared" => ["the-token"],
            "app-credential-rejected" => ["the-token", "the-app", "the-app-secret", "the-store"],
            "app-not-subscribed" => ["the-token", "the-app", "the-account"],
            "wrong-app" or "token-shared" => ["the-token", "the system user of the-app", "the-expiration", "the-scopes", "the-secret", "the-store"],
            "scope-narrowed" => ["the-token", "the-user", "the-account", "the-app", "the-scopes", "the-secret", "the-store"],
            _ => ["the-token", "the-user", "the-app", "the-expiration", "the-scopes", "the-secret", "the-store"],
        };

        Assert.All(names, name => Assert.Contains(name, remedy, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_remedy_ends_with_what_shows_that_it_worked_or_with_what_is_left_to_do_then(string id)
    {
        var steps = FindingCatalogue.Find(id)!.Remedy(Names).Select(step => step.Text).ToList();

        var proof = steps.FindLastIndex(text => text.StartsWith("Run \"tokenmonitor check\"", StringComparison.Ordinal));
        Assert.True(proof >= 1, "Nothing shows whether the remedy worked.");
        Assert.All(steps.Skip(proof + 1), text => Assert.Matches("^(Revoke nothing|Then ask|To learn why|If the token is the right one)", text));
    }

    /// <summary>At night nobody weighs what a step may cost. Revoking and resetting cut off what still sends.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void No_remedy_tells_to_revoke_to_reset_or_to_delete(string id) =>
        Assert.All(FindingCatalogue.Find(id)!.Remedy(Names), step =>
        {
            var text = step.Text.Replace("Revoke nothing", "", StringComparison.Ordinal).Replace("do not reset it", "", StringComparison.Ordinal)
                .Replace("Manage deleted secrets", "", StringComparison.Ordinal).Replace("restricted, moved or deleted", "", StringComparison.Ordinal);
            Assert.DoesNotMatch("(?i)revoke|reset|delete|purge", text);
        });

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_token_is_stored_by_the_command_that_checks_it_first(string id)
    {
        var steps = FindingCatalogue.Find(id)!.Remedy(Names).Select(step => step.Text).ToList();

        var generate = steps.FindIndex(text => text.Contains("press \"Generate token\"", StringComparison.Ordinal));
        Assert.Equal(generate < 0 ? -1 : generate + 3, steps.FindIndex(text => text.Contains("\"tokenmonitor store --token the-token\"", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_debugger_is_named_as_the_only_page_for_a_token(string id) =>
        Assert.All(FindingCatalogue.Find(id)!.Remedy(Names).Where(step => step.Link?.Url.AbsolutePath.Contains("debug", StringComparison.Ordinal) is true), step =>
            Assert.Contains("into no other page", step.Text, StringComparison.Ordinal));

    /// <summary>The scrubber takes out whatever looks like a secret: it finds nothing.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void A_remedy_holds_no_secret(string id) =>
        Assert.All(FindingCatalogue.Find(id)!.Remedy(Usual), step => Assert.Equal(step.Text, UntrustedText.Clean(step.Text)));

    [Fact]
    public void A_name_with_a_blank_is_one_argument_of_the_command()
    {
        var remedy = FindingCatalogue.Of(FindingKind.TokenRevoked).Remedy(Names with { Token = "my shop" });

        Assert.Contains(remedy, step => step.Text.Contains("tokenmonitor store --token 'my shop'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("123/../../evil")]
    [InlineData("١٢٣٤٥")]
    public void An_app_without_a_usable_id_has_no_page(string? appId)
    {
        var remedy = FindingCatalogue.Of(FindingKind.AppNotSubscribed).Remedy(Names with { AppId = appId });

        Assert.All(remedy, step => Assert.NotEqual("developers.facebook.com", step.Link?.Url.Host));
    }

    private static int Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));

    [GeneratedRegex(@"setup step (\d+)")]
    private static partial Regex SetupStepIn();
}
