using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Notifications.Email;

/// <summary>The HTML part, as a parser sees it.</summary>
public sealed partial class EmailHtmlTests
{
    private static readonly string[] Elements =
    [
        "html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td", "h1", "h2", "p", "ol", "li", "a", "br", "bdi",
    ];

    private static readonly string[] Hosts =
        ["business.facebook.com", "developers.facebook.com", "portal.azure.com", "metastatus.com", Runbook.Address.Host];

    public static TheoryData<string> Names => [.. Messages.All.Keys];

    /// <summary>What can stand in any text that comes from outside.</summary>
    public static TheoryData<string> HostileTexts { get; } =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</style></title></td></table><form action=https://evil.example><input>",
        "&lt;b&gt; &amp;amp; &#60;script&#62;",
        "javascript:alert(1) https://evil.example/?a=b&c=d",
        "{{Subject}} {{{Origin}}} {{> facts}} {% raw %} ${7*7}",
        "<!--[if mso]><![endif]--> <![CDATA[x]]> --> <!DOCTYPE x>",
        "**bold** _it_ [click](https://evil.example) `code` # 1. - >",
        "\u202Egnp.exe\u202C \u2066isolate\u2069 \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627",
        "a\u0000b\u0007c\u001B[31md\u007Fe\r\nBcc: x@evil.example\u0085f\u2028g",
        new string('W', 400),
        "😀\u0301\u0301\u0301 \u2603 \uFFFD \uE000",
        string.Concat(Enumerable.Repeat("<b>100 KB</b> ", 7_500)),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mail_is_made_of_text_tables_and_links_only(string name)
    {
        var document = Parse(Messages.All[name]);

        ProveHarmless(document);
        Assert.Equal("en", document.DocumentElement.GetAttribute("lang"));
        Assert.Equal(Messages.All[name].Subject, document.Title);
        Assert.Equal("light dark", document.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
        Assert.Single(document.QuerySelectorAll("h1"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_text_part_says_all_that_the_html_part_says(string name)
    {
        var (text, html) = EmailRenderer.Parts(Messages.All[name]);

        ProveTextSaysAll(text, html);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_links_of_the_message_are_in_both_parts(string name)
    {
        var message = Messages.All[name];
        var (text, html) = EmailRenderer.Parts(message);
        var links = message.Sections.SelectMany(section => section.Steps.Select(step => step.Link).Append(section.Runbook)).OfType<Link>().Select(link => link.Url.AbsoluteUri).ToHashSet();

        Assert.Equal(links.Order(), Links(Parse(html)).Distinct().Order());
        Assert.All(links, link => Assert.Contains(link, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_page_to_open_is_a_button_and_there_is_one_button()
    {
        var buttons = Parse(Messages.OneFinding).QuerySelectorAll("a.btn");

        Assert.Equal("Open Business Settings", Assert.Single(buttons).TextContent);
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Whatever_Graph_says_the_mail_stays_the_same_but_for_these_words(string text)
    {
        // As the readers pass it on; what is left of it is still to be encoded.
        var cleaned = UntrustedText.Clean(text);
        foreach (var (hostile, tame) in Situations(cleaned).Zip(Situations("tame")))
        {
            var (mail, html) = EmailRenderer.Parts(hostile);

            var document = Parse(html);
            ProveHarmless(document);
            ProveTextSaysAll(mail, html);
            Assert.Equal(Skeleton(Parse(EmailRenderer.Parts(tame).Html)), Skeleton(document));
            Assert.Contains(cleaned, document.Body!.TextContent, StringComparison.Ordinal);
            Assert.True(Encoding.UTF8.GetByteCount(html) < EmailRenderer.LargestHtml);
        }
    }

    [Fact]
    public void A_value_that_was_not_scrubbed_is_encoded_anyway()
    {
        var document = Parse(Messages.HostileTexts);

        ProveHarmless(document);
        Assert.Contains(Messages.Hostile, document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_always_stays_below_the_limit_of_Gmail_and_states_its_omissions()
    {
        foreach (var message in new[] { Messages.Large(3, 200, 100, "<"), Messages.Large(40, 20, 250, "😀"), Messages.Large(400, 0, 100, "\u2603") })
        {
            var (text, html) = EmailRenderer.Parts(message);

            Assert.True(Encoding.UTF8.GetByteCount(html) < EmailRenderer.LargestHtml);
            Assert.All(message.Sections[0].Steps, step => Assert.Contains(step.Text, text, StringComparison.Ordinal));
            Assert.Contains("Shortened to fit. \"tokenmonitor check\" prints everything.", text, StringComparison.Ordinal);
            ProveTextSaysAll(text, html);
        }

        Assert.DoesNotContain("cut to fit", EmailRenderer.Parts(Messages.SeveralFindings).Text, StringComparison.Ordinal);
        Assert.Contains("399 more findings are not shown.", EmailRenderer.Parts(Messages.Large(400, 0, 100, "\u2603")).Text, StringComparison.Ordinal);
    }

    // In each, the text stands in other fields.
    private static IEnumerable<AlertMessage> Situations(string text) =>
    [
        Messages.Of(Messages.HostileSituation(text)),
        Messages.Of(Healthy.Dead(Error(190, 466, text) with { UserMessage = text, Details = text, TraceId = text }, d => d with { AppName = text, Type = text })),
        Messages.Of(Healthy.Debug(d => d with { Scopes = [text], GranularScopes = null, AppName = text })),
        Messages.Of(Healthy.Health("LIMITED", new SendingEntity(text, text, text, [new SendingError(text, text, text)], [text])).Seen(i => i with
        {
            Me = new Identity(text, text),
            PhoneNumber = i.PhoneNumber!.Value! with { DisplayNumber = text, VerifiedName = text, QualityRating = text, Status = text },
            BusinessAccount = new BusinessAccount(AccountId, text),
            Owner = new Identity(text, text),
            AssignedUsers = Rows(new AssignedUser(text, text, [text])),
            SubscribedAppIds = Rows(text),
            PhoneNumberIds = Rows(text),
            AnsweredVersion = text,
        })),
        Messages.Compose(Messages.NotificationOf(Messages.Findings["token-revoked"]) with { Kind = NotificationKind.MonitorDown, Present = [], Added = [], Unknowns = [new UnknownFact(FactTopic.Everything, UnknownReason.QueryFailed, UnknownCause.Error, text)] }),
    ];

    private static void ProveHarmless(IHtmlDocument document)
    {
        Assert.All(document.All, element => Assert.Contains(element.LocalName, Elements));
        Assert.All(document.All.SelectMany(element => element.Attributes), attribute =>
        {
            Assert.DoesNotMatch("^on|^src|^background$|^action$", attribute.Name);
            Assert.DoesNotMatch(@"url\(|expression|javascript:", attribute.Value);
        });
        Assert.All(document.QuerySelectorAll("table"), table => Assert.Equal("presentation", table.GetAttribute("role")));
        Assert.All(document.QuerySelectorAll("a"), link =>
        {
            var url = new Uri(link.GetAttribute("href")!);
            Assert.Equal(Uri.UriSchemeHttps, url.Scheme);
            Assert.Contains(url.Host, Hosts);
            Assert.NotEmpty(link.TextContent.Trim());
        });
        Assert.DoesNotMatch(@"url\(|@import|expression", document.QuerySelector("style")!.TextContent);
    }

    private static void ProveTextSaysAll(string text, string html)
    {
        var said = Normal(text);
        var document = Parse(html);
        foreach (var node in document.Body!.Descendants().OfType<IText>().Where(node => node.ParentElement!.GetAttribute("style")?.Contains("display:none", StringComparison.Ordinal) is not true))
        {
            Assert.Contains(Normal(node.Text), said, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Links(IHtmlDocument document) => document.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!);

    private static string Skeleton(IHtmlDocument document) => string.Join(' ', document.All.Select(element =>
        $"{element.LocalName}[{string.Join(',', element.Attributes.Select(attribute => attribute.Name))}]"));

    private static IHtmlDocument Parse(AlertMessage message) => Parse(EmailRenderer.Parts(message).Html);

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static string Normal(string text) => Blank().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
