using System.Text.Encodings.Web;
using System.Text.Json;
using HandlebarsDotNet;

namespace SafeCast.TokenMonitor.Cli.Preview;

/// <summary>The folder for the preview files, with a page to browse them.</summary>
internal sealed class PreviewFolder
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="UnusableFileException">The folder cannot be created.</exception>
    public PreviewFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnusableFileException($"The folder {Path} cannot be made: {e.Message}");
        }
    }

    public string Path { get; }

    /// <summary>The start page.</summary>
    public string Index => At("index.html");

    public string At(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Writes the files of every message, and the index.</summary>
    public void Write(IReadOnlyList<PreviewSample> samples)
    {
        foreach (var sample in samples)
        {
            Write($"{sample.Name}.html", sample.Html);
            Write($"{sample.Name}.txt", sample.Text is null ? null : $"Subject: {sample.Subject}\n\n{sample.Text}");
            Write($"{sample.Name}.card.json", sample.Card?.ToJsonString(Indented));
        }

        File.WriteAllText(Index, RenderIndex(samples));
    }

    private void Write(string file, string? content)
    {
        if (content is not null)
        {
            File.WriteAllText(At(file), content);
        }
    }

    private static string RenderIndex(IReadOnlyList<PreviewSample> samples)
    {
        using var source = new StreamReader(typeof(PreviewFolder).Assembly.GetManifestResourceStream("index.html.hbs")!);
        using var page = new StringWriter();
        Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true }).Compile(source)(page, new
        {
            Groups = samples.GroupBy(sample => sample.Group).Select(group => new
            {
                Name = group.Key,
                Samples = group.Select(sample => new { sample.Name, sample.Subject, HasMail = sample.Html is not null, HasCard = sample.Card is not null }).ToList(),
            }).ToList(),
        });
        return page.ToString();
    }
}
