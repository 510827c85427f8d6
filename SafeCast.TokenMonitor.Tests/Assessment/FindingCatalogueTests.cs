using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Tests.Assessment;

public sealed class FindingCatalogueTests
{
    // Ids are what configurations, reports, states and the runbook hold: none of them may change or go.
    private static readonly (string Id, Severity Severity)[] Expected =
    [
        ("token-revoked", Severity.Critical),
        ("token-expired", Severity.Critical),
        ("token-invalidated", Severity.Critical),
        ("app-removed", Severity.Critical),
        ("user-action-required", Severity.Critical),
        ("app-unavailable", Severity.Critical),
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
        ("phone-number-not-connected", Severity.Critical),
        ("quality-low", Severity.Warning),
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
    public void An_unknown_id_is_not_found() => Assert.Null(FindingCatalogue.Find("token-lost"));
}
