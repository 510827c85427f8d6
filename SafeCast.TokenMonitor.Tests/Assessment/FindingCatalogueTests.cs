using System.Globalization;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Tests.Assessment;

public sealed class FindingCatalogueTests
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
    public void Links_are_https_pages_of_Metas(string id)
    {
        var links = FindingCatalogue.Find(id)!.Remedy(Names).Select(step => step.Link).OfType<Link>();

        Assert.All(links, link =>
        {
            Assert.Equal(Uri.UriSchemeHttps, link.Url.Scheme);
            Assert.Contains(link.Url.Host, new[] { "business.facebook.com", "developers.facebook.com" });
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
    public void A_remedy_names_this_tokens_own_things(string id)
    {
        var remedy = string.Join('\n', FindingCatalogue.Find(id)!.Remedy(Names).Select(step => step.Text));
        string[] names = id switch
        {
            "graph-version-expired" => ["TokenMonitor__Graph__Version"],
            "business-account-unreachable" or "access-reduced" => ["the-token", "the-user", "the-account"],
            "wrong-portfolio" => ["the-token", "the-portfolio", "the-account"],
            "phone-number-unreachable" => ["the-token", "the-user", "the-number"],
            "phone-number-elsewhere" => ["the-token", "the-account"],
            "sending-blocked" or "sending-limited" or "secret-ambiguous" => ["the-token"],
            "environment-shared" => ["the-token", "the-user"],
            "app-credential-rejected" => ["the-token", "the-app", "the-app-secret", "the-store"],
            "app-not-subscribed" => ["the-token", "the-app", "the-account"],
            "scope-narrowed" => ["the-token", "the-user", "the-account", "the-app", "the-scopes", "the-secret", "the-store"],
            _ => ["the-token", "the-user", "the-app", "the-expiration", "the-scopes", "the-secret", "the-store"],
        };

        Assert.All(names, name => Assert.Contains(name, remedy, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("123/../../evil")]
    [InlineData("١٢٣٤٥")]
    public void An_app_without_a_usable_id_has_no_page(string? appId)
    {
        var remedy = FindingCatalogue.Of(FindingKind.AppNotSubscribed).Remedy(Names with { AppId = appId });

        Assert.All(remedy, step => Assert.Null(step.Link));
    }
}
