using SafeCast.TokenMonitor.Cli.Commands;
using SafeCast.TokenMonitor.Tests.Support;
using Spectre.Console.Testing;

namespace SafeCast.TokenMonitor.Tests.Cli;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task The_demo_tells_its_story_and_leaves_the_mails_and_cards()
    {
        using var folder = new TemporaryFolder();
        using var console = new TestConsole().Width(120);

        var status = await DemoCommand.RunAsync(console, folder.Path, CancellationToken.None);

        Assert.Equal(0, status);
        string[] verdicts = [.. console.Lines.Where(line => line.Contains("production is ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2])];
        Assert.Equal(["healthy", "broken", "broken", "broken", "broken", "unknown", "unknown", "unknown", "healthy", "healthy"], verdicts);
        Assert.Contains("[Critical] WhatsApp token \"production\" is missing the scope whatsapp_business_messaging", console.Output, StringComparison.Ordinal);
        Assert.Contains("[Critical, changed] WhatsApp token \"production\" was revoked", console.Output, StringComparison.Ordinal);
        Assert.Contains("[Critical, still open] WhatsApp token \"production\" was revoked", console.Output, StringComparison.Ordinal);
        Assert.Contains("[Warning] The monitor cannot check WhatsApp token \"production\"", console.Output, StringComparison.Ordinal);
        Assert.Contains("[Resolved] WhatsApp token \"production\" is healthy again", console.Output, StringComparison.Ordinal);
        Assert.Contains("No alert is sent: an alert was sent, and the next reminder is not due yet", console.Output, StringComparison.Ordinal);
        Assert.Contains("the result is unknown, and not for enough checks in a row", console.Output, StringComparison.Ordinal);
        string[] expected =
            [
                "1-healthy.report.json",
                "10-well.report.json",
                .. Left("2-scope-lost"), "3-still.report.json",
                .. Left("4-revoked"),
                .. Left("5-a-day-later"),
                "6-graph-down.report.json",
                "7-graph-down.report.json",
                .. Left("8-monitor-down"),
                "9-resolved-2.card.json", "9-resolved-2.mail.html", "9-resolved-2.mail.txt",
                .. Left("9-resolved"),
            ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("EAA", console.Output, StringComparison.Ordinal);
    }

    private static string[] Left(string scene) => [$"{scene}.card.json", $"{scene}.mail.html", $"{scene}.mail.txt", $"{scene}.report.json"];
}
