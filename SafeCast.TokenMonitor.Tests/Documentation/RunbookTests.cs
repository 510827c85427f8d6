using System.CommandLine;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Cli;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Documentation;

/// <summary>
/// Tests that the runbook agrees with the catalogue of findings and with the commands. The beginning of a finding's section (severity,
/// impact, title, steps) is generated from the catalogue; UPDATE_GOLDEN=1 updates it.
/// </summary>
public sealed partial class RunbookTests
{
    private static readonly MarkdownPage Page = new(Repository.Read(Runbook.File));

    // The example names of the runbook.
    private static readonly TokenContext Names = new()
    {
        TokenName = "production",
        SecretName = "whatsapp-system-user-token",
        StoreName = "Key Vault contoso-whatsapp",
        AppSecretName = "whatsapp-app-secret",
        RequiredScopes = TokenExpectation.DefaultScopes,
    };

    // Findings whose rule can raise a warning to critical.
    private static readonly Dictionary<string, string> Escalations = new()
    {
        ["token-expires"] = ", critical from 7 days",
        ["data-access-expires"] = ", critical when past",
    };

    private static readonly string[] Hosts =
    [
        "business.facebook.com", "developers.facebook.com", "portal.azure.com", "metastatus.com",
    ];

    public static TheoryData<string> Findings => [.. FindingCatalogue.All.Select(definition => definition.Id)];

    public static TheoryData<string> Messages => [.. MonitorMessages.All];

    public static TheoryData<string> Sections => [.. Page.Sections.Select(section => section.Anchor)];

    [Fact]
    public void There_is_a_section_for_exactly_every_finding_in_the_order_of_the_catalogue() =>
        Assert.Equal(FindingCatalogue.All.Select(definition => definition.Id), Page.Below("findings").Select(section => section.Anchor));

    [Fact]
    public void There_is_a_section_for_exactly_every_message_that_is_not_about_a_finding() => Assert.Equal(
        MonitorMessages.All,
        Page.Below("messages-of-the-monitor-about-itself").Concat(Page.Below("alarms-of-azure")).Select(section => section.Anchor));

    [Fact]
    public void There_is_a_section_for_every_step_of_the_setup_procedure() => Assert.Equal(
        Enum.GetValues<SetupStep>().Select(Runbook.AnchorOf),
        Page.Below("the-setup-procedure").Select(section => section.Anchor));

    [Fact]
    public void No_two_sections_have_the_same_anchor() =>
        Assert.Equal(Page.Sections.Select(section => section.Anchor).Distinct(), Page.Sections.Select(section => section.Anchor));

    [Fact]
    public void The_section_of_a_finding_begins_with_the_text_of_its_alert()
    {
        var text = new StringBuilder(Page.Source);
        foreach (var section in Page.Below("findings").Reverse())
        {
            if (FindingCatalogue.Find(section.Anchor) is { } definition)
            {
                var rest = section.Blocks.SkipWhile(IsBeginning).First();
                text.Remove(section.Start, rest.Span.Start - section.Start).Insert(section.Start, BeginningOf(definition));
            }
        }

        Golden.Matches($"../{Runbook.File}", text.ToString());
    }

    [Theory]
    [MemberData(nameof(Findings))]
    public void The_section_of_a_finding_explains_the_cause_further_help_and_prevention(string id) => Assert.Equal(
        ["Cause.", "If the steps do not help.", "Prevention."],
        Page.Section(id).Blocks.OfType<ParagraphBlock>().Select(block => Lead().Match(Text(block)).Value).Where(lead => lead.Length > 0));

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_section_of_a_message_begins_with_its_urgency(string id) => Assert.Matches(
        @"^\*\*(Nothing to do|Warning|As bad as before|Act today|Act now|Act in working hours)[^*]*\*\*",
        Page.Section(id).Source.TrimStart());

    // About 250 words per minute. Commands are copied, not read.
    [Theory]
    [MemberData(nameof(Sections))]
    public void A_section_can_be_read_within_a_minute(string anchor)
    {
        var words = Page.Section(anchor).Blocks.Where(block => block is not FencedCodeBlock).Sum(block => Text(block).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);

        Assert.InRange(words, 0, 250);
    }

    [Fact]
    public void Every_link_within_the_documentation_has_a_target() => Assert.All(
        Page.Links.Where(link => !link.Contains("://", StringComparison.Ordinal)),
        link =>
        {
            var (file, anchor) = link.Split('#') is [var path, var fragment] ? (path, fragment) : (link, null);
            var page = file.Length == 0 ? Page : new MarkdownPage(Repository.Read(Path.Combine("docs", file)));
            Assert.True(anchor is null || page.Sections.Any(section => section.Anchor == anchor), $"{link} has no target.");
        });

    [Fact]
    public void Every_external_link_is_https_and_to_a_page_of_Meta_or_of_the_Azure_portal() => Assert.All(
        Page.Links.Where(link => link.Contains("://", StringComparison.Ordinal)),
        link =>
        {
            Assert.Equal(Uri.UriSchemeHttps, new Uri(link).Scheme);
            Assert.Contains(new Uri(link).Host, Hosts);
        });

    // Uri ignores the fragment in comparisons, so the strings are compared.
    [Fact]
    public void Every_section_that_a_remediation_step_links_to_exists() => Assert.All(
        from definition in FindingCatalogue.All
        from step in Steps(definition)
        where step.Link?.Url.Host == Runbook.Address.Host
        select step.Link!.Url,
        url => Assert.Contains(Page.Sections, section => Runbook.SectionOf(section.Anchor).AbsoluteUri == url.AbsoluteUri));

    [Fact]
    public void The_runbook_names_every_alarm_rule_by_its_title()
    {
        var titles = AlarmTitle().Matches(Repository.Read("infra/modules/alerts.bicep")).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(titles);
        Assert.All(titles, title => Assert.Contains($"\"{title}\"", Page.Source, StringComparison.Ordinal));
    }

    // The log states the cause. A role does not help against a firewall, nor the other way round.
    [Fact]
    public void State_that_cannot_be_stored_has_separate_fixes_for_a_missing_role_and_a_firewall()
    {
        var steps = Page.Section("alarm-delivery-failed").Source.ReplaceLineEndings(" ");

        Assert.Matches(@"for a missing role, assign .*\*Storage Blob Data Contributor\*.*; for the firewall, check Networking.* private endpoint", steps);
    }

    [Fact]
    public void Every_step_of_the_setup_procedure_explains_why() =>
        Assert.All(Page.Below("the-setup-procedure"), section => Assert.Contains("\nWhy: ", section.Source, StringComparison.Ordinal));

    [Fact]
    public void Every_tokenmonitor_command_in_the_runbook_exists_with_its_options()
    {
        var commands = Commands();
        var invocations = Page.Code.SelectMany(code => Invocation().Matches(code)).ToList();

        Assert.NotEmpty(invocations);
        Assert.All(invocations, invocation =>
        {
            var name = invocation.Groups["command"].Value;
            Assert.True(commands.TryGetValue(name, out var command), $"The command {name} does not exist.");
            Assert.All(
                invocation.Groups["option"].Captures.Select(capture => capture.Value),
                option => Assert.True(command is null || command.Options.Any(known => known.Name == option), $"{name} has no option {option}."));
        });
    }

    [Fact]
    public void Every_setting_in_the_runbook_is_in_the_table_of_settings()
    {
        var settings = Page.Code.Where(code => code.StartsWith("TokenMonitor__", StringComparison.Ordinal) || code.StartsWith("TOKEN_MONITOR", StringComparison.Ordinal)).ToList();
        var table = Repository.Read("docs/configuration.md");

        Assert.NotEmpty(settings);
        Assert.All(settings, setting => Assert.Contains(
            $"| `{setting.Replace("__production__", "__NAME__", StringComparison.Ordinal).Replace("__0", "__N", StringComparison.Ordinal)}` |", table, StringComparison.Ordinal));
    }

    /// <summary>Arguments of a command are in the shell history and in the process list, so no example passes a secret in one.</summary>
    [Fact]
    public void No_command_takes_a_secret_as_an_argument() => Assert.All(Page.Code, code =>
    {
        Assert.DoesNotMatch(@"--value\b|access_token=|client_secret=|Bearer [A-Z$]", code);
        Assert.True(!code.Contains("keyvault secret set", StringComparison.Ordinal) || code.Contains("--output none", StringComparison.Ordinal), "Without --output none, az prints the secret.");
    });

    // The commands of the program. Null for a command that is not implemented yet, whose options are unknown.
    private static Dictionary<string, Command?> Commands()
    {
        var commands = typeof(ExitStatus).Assembly.GetTypes()
            .Where(type => type.Namespace == $"{typeof(ExitStatus).Namespace}.Commands")
            .Select(type => type.GetMethod("Create", BindingFlags.Public | BindingFlags.Static, []))
            .OfType<MethodInfo>()
            .Select(create => create.Invoke(null, null))
            .OfType<Command>()
            .ToDictionary(command => command.Name, command => (Command?)command);
        Assert.Contains("check", commands.Keys);
        foreach (var name in (string[])["store", "doctor"])
        {
            commands.TryAdd(name, null);
        }

        return commands;
    }

    private static bool IsBeginning(Block block) =>
        block is QuoteBlock or ListBlock { IsOrdered: true }
        || (block is ParagraphBlock && (Text(block).StartsWith("Critical", StringComparison.Ordinal) || Text(block).StartsWith("Warning", StringComparison.Ordinal)));

    private static string BeginningOf(FindingDefinition definition)
    {
        var words = EnglishWording.Instance.Describe(Of(definition), Names, default);
        var text = new StringBuilder($"\n\n**{definition.Severity}{Escalations.GetValueOrDefault(definition.Id)}.** {words.Impact}\n\n> {words.Title}\n\n");
        text.AppendJoin('\n', Steps(definition).Select((step, index) => $"{index + 1}. {Linked(step)}"));
        return text.Append("\n\n").ToString();
    }

    // The usual cause, without the details of a specific case.
    private static Finding Of(FindingDefinition definition) => new() { Kind = definition.Kind, Severity = definition.Severity };

    private static IEnumerable<StepText> Steps(FindingDefinition definition) =>
        Remediation.Of(Of(definition), isInVault: true).Select(step => EnglishWording.Instance.Describe(step, Names));

    private static string Linked(StepText step)
    {
        var text = CommandIn().Replace(step.Text, "`$1`").Replace("whatsapp_business_messaging and whatsapp_business_management", "`whatsapp_business_messaging` and `whatsapp_business_management`", StringComparison.Ordinal);
        return step.Link switch
        {
            null => text,
            { Url: var url } when url.Host == Runbook.Address.Host && SetupStepIn().IsMatch(text) => SetupStepIn().Replace(text, $"[$0]({url.Fragment})"),
            { Url: var url } when url.Host == Runbook.Address.Host => $"{text} ([{step.Link.Title.ToLowerInvariant()}]({url.Fragment}))",
            { Title: var title, Url: var url } when text.Contains(title, StringComparison.Ordinal) => ReplaceFirst(text, title, $"[{title}]({url})"),
            { Title: var title, Url: var url } => $"{text} ([{title}]({url}))",
        };
    }

    private static string ReplaceFirst(string text, string what, string by)
    {
        var at = text.IndexOf(what, StringComparison.Ordinal);
        return $"{text[..at]}{by}{text[(at + what.Length)..]}";
    }

    private static string Text(Block block) => MarkdownPage.PlainText(block, Page.Source);

    [GeneratedRegex(@"^(Cause|If the steps do not help|Prevention)\.")]
    private static partial Regex Lead();

    [GeneratedRegex("^ *title: '(.+)'$", RegexOptions.Multiline)]
    private static partial Regex AlarmTitle();

    [GeneratedRegex(@"tokenmonitor (?<command>[a-z-]+)(?: (?<option>--[a-z-]+)| (?!--)[A-Za-z0-9._-]+)*")]
    private static partial Regex Invocation();

    [GeneratedRegex("\"(tokenmonitor [^\"]+)\"")]
    private static partial Regex CommandIn();

    [GeneratedRegex(@"setup step \d+")]
    private static partial Regex SetupStepIn();
}
