using System.Text.Encodings.Web;
using System.Text.Json;
using SafeCast.TokenMonitor.Simulator;

namespace SafeCast.TokenMonitor.Cli.Demo;

/// <summary>The folder for the results of the demo: the mails and cards that the simulators received, and the reports.</summary>
internal sealed class DemoFolder(string path)
{
    // People read the files, so letters outside ASCII are not escaped.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Writes the messages that arrived since the last call.</summary>
    public IReadOnlyList<string> Write(Simulation simulation, string name, string reportJson)
    {
        Directory.CreateDirectory(Path);
        var written = new List<string>();
        foreach (var (index, mail) in simulation.SendGrid.Mails.Index())
        {
            Write($"{name}{Number(index)}.mail.html", mail.Html ?? "");
            Write($"{name}{Number(index)}.mail.txt", $"Subject: {mail.Subject}\n\n{mail.Text}");
        }

        foreach (var (index, message) in simulation.Teams.Messages.Index())
        {
            Write($"{name}{Number(index)}.card.json", message.Card.ToJsonString(Indented));
        }

        File.WriteAllText(System.IO.Path.Combine(Path, $"{name}.report.json"), reportJson);
        simulation.SendGrid.ClearMails();
        simulation.Teams.ClearMessages();
        return written;

        static string Number(int index) => index == 0 ? "" : $"-{index + 1}";

        void Write(string file, string content)
        {
            File.WriteAllText(System.IO.Path.Combine(Path, file), content);
            written.Add(file);
        }
    }
}
