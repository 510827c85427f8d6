using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Cli.Commands;
using SafeCast.TokenMonitor.Cli.Preview;
using SafeCast.TokenMonitor.Tests.Support;
using Spectre.Console.Testing;

namespace SafeCast.TokenMonitor.Tests.Cli;

public sealed partial class PreviewCommandTests
{
    [Fact]
    public void There_is_a_scene_for_every_finding_and_every_message_of_the_monitor_about_itself()
    {
        var names = PreviewScenes.All.Select(scene => scene.Name).ToList();
        string[] ownMessages = ["changed", "reminder", "countdown", "resolved", "new-token-verified", "late", "monitor-down", "monitor-down-reminder", "monitor-down-without-app", "monitor-recovered", "channel-failing-teams", "channel-failing-e-mail", "test-alert"];

        Assert.Equal(names, names.Distinct());
        Assert.Equal(FindingCatalogue.All.Select(definition => definition.Id).Concat(ownMessages).Append("several-findings").Order(), names.Order());
    }

    [Fact]
    public async Task The_preview_leaves_every_message_and_a_page_that_leads_to_each_and_loads_nothing_from_elsewhere()
    {
        using var folder = new TemporaryFolder();
        using var console = new TestConsole().Width(200);

        var status = await PreviewCommand.RunAsync(console, folder.Path, withPictures: true, browser: null, CancellationToken.None);

        Assert.Equal(0, status);
        Assert.Contains("No pictures: no Chromium", console.Output, StringComparison.Ordinal);
        var index = File.ReadAllText(Path.Combine(folder.Path, "index.html"));
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", index);
        Assert.Equal(PreviewScenes.All.Select(scene => scene.Name), Name().Matches(index).Select(match => match.Groups[1].Value));
        foreach (var scene in PreviewScenes.All)
        {
            var files = new[] { ".html", ".txt", ".card.json" }.Where(ending => File.Exists(Path.Combine(folder.Path, scene.Name + ending)));
            string[] expected = scene.Name switch
            {
                "channel-failing-teams" or "late" => [".html", ".txt"],
                "channel-failing-e-mail" => [".card.json"],
                _ => [".html", ".txt", ".card.json"],
            };
            Assert.Equal(expected, files);
        }
    }

    [Fact]
    public async Task A_scene_of_a_finding_shows_that_finding()
    {
        foreach (var scene in PreviewScenes.All.Where(scene => FindingCatalogue.Find(scene.Name) is not null))
        {
            var sample = await PreviewStage.PlayAsync(scene, CancellationToken.None);

            Assert.Contains($"{Runbook.SectionOf(scene.Name)}\n", sample.Text, StringComparison.Ordinal);
            var store = scene.Name is "secret-ambiguous" ? "the file .env" : "Key Vault contoso-whatsapp";
            Assert.Contains($"function app func-contoso-tokenmonitor, reading from {store}", sample.Text, StringComparison.Ordinal);
            Assert.Equal(sample.Subject, sample.Card!["fallbackText"]!.GetValue<string>());
        }
    }

    [SkippableFact]
    public async Task Where_there_is_a_browser_every_mail_has_a_picture()
    {
        var browser = Browser.Find() ?? throw new CannotRunHereException($"{Browser.Missing}.");
        using var folder = new TemporaryFolder();
        var sample = new PreviewSample("Findings", "sample", "Subject", "<!DOCTYPE html><p style=\"height:900px\">A mail</p>", "A mail", new JsonObject());

        await new PreviewPictures(browser, new PreviewFolder(folder.Path)).TakeAsync([sample], CancellationToken.None);

        // The size stands in a PNG's header: the frames side by side, and as high as the mail.
        var picture = File.ReadAllBytes(Path.Combine(folder.Path, "sample.png"));
        Assert.Equal(1424, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)));
        Assert.InRange(System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20)), 932, 1000);
    }

    [GeneratedRegex("data-name=\"([^\"]+)\"")]
    private static partial Regex Name();
}
