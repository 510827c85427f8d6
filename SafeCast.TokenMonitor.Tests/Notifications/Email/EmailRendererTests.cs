using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Notifications.Email;

public sealed partial class EmailRendererTests : ChannelTest
{
    [Theory]
    [InlineData("one-finding")]
    [InlineData("several-findings")]
    [InlineData("test")]
    public async Task A_mail_is_sent_word_for_word_like_this(string name)
    {
        await Email.SendAsync(name switch
        {
            "one-finding" => Messages.OneFinding,
            "several-findings" => Messages.SeveralFindings,
            _ => Messages.Test,
        }, CancellationToken.None);

        var mail = Assert.Single(Simulation.SendGrid.Mails);
        var json = JsonNode.Parse(mail.Raw)!;
        json["content"]![0]!["value"] = $"(stands in {name}.golden.txt)";
        json["content"]![1]!["value"] = $"(stands in {name}.golden.html)";
        Golden.Matches($"Notifications/Email/{name}.golden.txt", mail.Text!);
        Golden.Matches($"Notifications/Email/{name}.golden.html", mail.Html!);
        Golden.Matches($"Notifications/Email/{name}.golden.json", json);
    }

    [Fact]
    public void In_html_no_value_becomes_markup()
    {
        var html = EmailHtml.Render(Messages.HostileTexts);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Markup(EmailHtml.Render(Tamed)), Markup(html));
        Assert.All(Values(Messages.HostileTexts), value => Assert.Contains(WebUtility.HtmlEncode(value), html, StringComparison.Ordinal));
    }

    [Fact]
    public void Html_says_what_the_text_says()
    {
        static string Words(string text) => Regex.Replace(text, @"\s+", " ").Trim();

        foreach (var message in new[] { Messages.OneFinding, Messages.SeveralFindings, Messages.Test, Messages.HostileTexts })
        {
            var html = EmailHtml.Render(message);
            var visible = Words(WebUtility.HtmlDecode(Tag().Replace(html, " ")));
            foreach (var value in Values(message))
            {
                Assert.Contains(Words(value), visible, StringComparison.Ordinal);
                Assert.Contains(value, EmailText.Render(message), StringComparison.Ordinal);
            }

            foreach (var link in Links(message))
            {
                Assert.Contains($"href=\"{WebUtility.HtmlEncode(link)}\"", html, StringComparison.Ordinal);
                Assert.Contains(link, EmailText.Render(message), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Html_loads_nothing_and_runs_nothing()
    {
        foreach (var message in new[] { Messages.OneFinding, Messages.SeveralFindings, Messages.HostileTexts })
        {
            var tags = Tag().Matches(EmailHtml.Render(message)).Select(tag => tag.Value).ToList();

            Assert.DoesNotContain(tags, tag => Regex.IsMatch(tag, @"^<(img|script|link|iframe|form|object|embed|base)\b|\son\w+=|url\(|javascript:", RegexOptions.IgnoreCase));
            Assert.All(tags.Where(tag => tag.StartsWith("<a ", StringComparison.Ordinal)), tag => Assert.Contains("href=\"https://", tag, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Hostile_texts_are_a_mail_like_any_other()
    {
        var outcome = await Email.SendAsync(Messages.HostileTexts, CancellationToken.None);

        Assert.IsType<DeliveryOutcome.Accepted>(outcome);
        Assert.Contains(Messages.Hostile, Assert.Single(Simulation.SendGrid.Mails).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_of_many_long_findings_is_taken_whole()
    {
        var outcome = await Email.SendAsync(Messages.Large(sections: 60, evidence: 20, length: 500, "\u2603"), CancellationToken.None);

        Assert.IsType<DeliveryOutcome.Accepted>(outcome);
        Assert.Contains("Fact 60.20", Assert.Single(Simulation.SendGrid.Mails).Html, StringComparison.Ordinal);
    }

    private static AlertMessage Tamed => Messages.HostileTexts with
    {
        Sections = [.. Messages.HostileTexts.Sections.Select(section => section with
        {
            Title = "t",
            Impact = "i",
            Steps = [.. section.Steps.Select(step => step with { Text = "s" })],
            Evidence = [.. section.Evidence.Select(_ => new TokenMonitor.Assessment.Evidence("n", "v"))],
        })],
        Facts = [.. Messages.HostileTexts.Facts.Select(_ => new TokenMonitor.Assessment.Evidence("n", "v"))],
        Unknowns = [.. Messages.HostileTexts.Unknowns.Select(_ => "u")],
        Subject = "s",
    };

    private static string Markup(string html) => string.Concat(Tag().Matches(html).Select(tag => tag.Value));

    private static IEnumerable<string> Values(AlertMessage message) =>
    [
        .. message.Sections.SelectMany(section => (string[])
        [
            section.Title, section.Impact, .. section.Steps.Select(step => step.Text), .. section.Evidence.SelectMany(fact => (string[])[fact.Name, fact.Value]),
        ]),
        .. message.Facts.SelectMany(fact => (string[])[fact.Name, fact.Value]),
        .. message.Unknowns,
        message.Origin,
        message.Next,
    ];

    private static IEnumerable<string> Links(AlertMessage message) =>
        from section in message.Sections
        from step in section.Steps
        let link = step.Link
        where link is not null
        select link.Url.AbsoluteUri;

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
