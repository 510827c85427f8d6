using System.CommandLine;
using SafeCast.TokenMonitor.Cli.Preview;
using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Commands;

/// <summary><c>tokenmonitor preview</c></summary>
internal static class PreviewCommand
{
    // A scene mostly waits for the simulators.
    private const int AtOnce = 4;

    public static Command Create()
    {
        var folder = new Option<string>("--out")
        {
            Description = "The folder for the files.",
            DefaultValueFactory = _ => "tokenmonitor-preview",
            HelpName = "FOLDER",
        };
        var pictures = new Option<bool>("--png")
        {
            Description = "Also take a picture of every mail. Needs Chromium, Chrome or Edge; without one, a message says so and the exit status stays 0.",
        };
        var command = new Command(
            "preview",
            "Write every alert as a mail (.html, .txt) and a card (.card.json), with index.html to browse them. The real check creates them, against embedded simulators. Needs no configuration and no network.")
        {
            folder,
            pictures,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            AnsiConsole.Console, arguments.GetValue(folder)!, arguments.GetValue(pictures), Browser.Find(), cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(IAnsiConsole console, string path, bool withPictures, Browser? browser, CancellationToken cancellationToken)
    {
        var folder = new PreviewFolder(path);
        var samples = new PreviewSample[PreviewScenes.All.Count];
        await Parallel.ForEachAsync(
            PreviewScenes.All.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (scene, token) => samples[scene.Index] = await PreviewStage.PlayAsync(scene.Item, token));
        folder.Write(samples);
        console.Write(new Text($"{samples.Length} messages. Open {folder.Index}\n"));
        if (withPictures)
        {
            console.Write(new Text($"{await TakeAsync(samples, folder, browser, cancellationToken)}\n"));
        }

        return ExitStatus.Healthy;
    }

    private static async Task<string> TakeAsync(IReadOnlyList<PreviewSample> samples, PreviewFolder folder, Browser? browser, CancellationToken cancellationToken)
    {
        if (browser is null)
        {
            return $"No pictures: {Browser.Missing}.";
        }

        try
        {
            await new PreviewPictures(browser, folder).TakeAsync(samples, cancellationToken);
            return "A picture of every mail is beside it.";
        }
        catch (BrowserException e)
        {
            return $"No pictures: {e.Message}";
        }
    }
}
