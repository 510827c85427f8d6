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
        Assert.Equal(["healthy", "broken", "broken", "unknown", "healthy"], verdicts);
        Assert.Contains("Critical: WhatsApp token \"production\" lacks the scope whatsapp_business_messaging", console.Output, StringComparison.Ordinal);
        Assert.Contains("Critical: WhatsApp token \"production\" was revoked", console.Output, StringComparison.Ordinal);
        Assert.Contains("an outage says nothing about the token", console.Output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "1-healthy.report.json",
                "2-scope-lost.card.json", "2-scope-lost.mail.html", "2-scope-lost.mail.txt", "2-scope-lost.report.json",
                "3-revoked.card.json", "3-revoked.mail.html", "3-revoked.mail.txt", "3-revoked.report.json",
                "4-graph-down.report.json",
                "5-mended.report.json",
            ],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("EAA", console.Output, StringComparison.Ordinal);
    }
}
