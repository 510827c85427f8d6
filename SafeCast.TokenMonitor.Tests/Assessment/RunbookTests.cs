using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Assessment;

public sealed class RunbookTests
{
    [Fact]
    public void The_runbook_is_in_the_repository_that_the_build_names()
    {
        var repository = System.Xml.Linq.XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("RepositoryUrl").Single().Value;

        Assert.Equal($"{repository}/blob/main/docs/runbook.md", Runbook.Address.AbsoluteUri);
        Assert.True(File.Exists(Repository.PathOf(Runbook.File)));
    }

    [Fact]
    public void An_id_is_the_anchor_of_its_section() =>
        Assert.Equal(Runbook.Address.AbsoluteUri + "#token-revoked", Runbook.SectionOf("token-revoked").AbsoluteUri);

    [Theory]
    [InlineData("token revoked")]
    [InlineData("../../evil")]
    [InlineData("<script>")]
    [InlineData("TOKEN")]
    public void What_cannot_be_an_anchor_leads_to_the_top(string id) => Assert.Equal(Runbook.Address.AbsoluteUri, Runbook.SectionOf(id).AbsoluteUri);
}
