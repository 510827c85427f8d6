using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Cli.Demo;

namespace SafeCast.TokenMonitor.Cli.Preview;

/// <summary>Pictures of every mail: on a phone in light and dark mode, and on a desktop.</summary>
internal sealed partial class PreviewPictures(Browser browser, PreviewFolder folder)
{
    private const int Gap = 16;

    // Windows have a minimum width, frames do not.
    private static readonly (int Width, string Scheme)[] Views = [(360, "light"), (360, "dark"), (640, "light")];

    /// <summary>Takes the pictures.</summary>
    /// <exception cref="BrowserException">The browser failed.</exception>
    public async Task TakeAsync(IReadOnlyList<PreviewSample> samples, CancellationToken cancellationToken)
    {
        using var pages = new TemporaryFolder();
        var mails = samples.Where(sample => sample.Html is not null).ToList();
        var heights = await MeasureAsync(mails, pages, cancellationToken);
        foreach (var (mail, height) in mails.Zip(heights))
        {
            var page = Write(pages, $"{mail.Name}.html", Page(mail.Html!, height));
            var width = Views.Sum(view => view.Width) + (Gap * (Views.Length + 1));
            await browser.PhotographAsync(page, width, height + (2 * Gap), folder.At($"{mail.Name}.png"), cancellationToken);
        }
    }

    // The height of a picture is that of its longest frame, which only the browser knows.
    private async Task<int[]> MeasureAsync(List<PreviewSample> mails, TemporaryFolder pages, CancellationToken cancellationToken)
    {
        var page = new StringBuilder("<!DOCTYPE html><meta charset=\"utf-8\"><body>");
        foreach (var mail in mails)
        {
            page.Append(Frame(mail.Html!, 360, "light", height: 100));
        }

        page.Append("<pre id=\"result\"></pre><script>addEventListener('load', () => { document.getElementById('result').textContent = ")
            .Append("JSON.stringify([...document.querySelectorAll('iframe')].map(f => f.contentDocument.documentElement.scrollHeight)); });</script></body>");
        var dom = await browser.ReadAsync(Write(pages, "measure.html", page.ToString()), cancellationToken);
        return JsonSerializer.Deserialize<int[]>(Result().Match(dom).Groups[1].Value) ?? throw new BrowserException("The browser measured nothing.");
    }

    private static string Page(string html, int height) =>
        $"<!DOCTYPE html><meta charset=\"utf-8\"><body style=\"margin:0;padding:{Gap}px;display:flex;gap:{Gap}px;background:#c9ced6\">"
        + string.Concat(Views.Select(view => Frame(html, view.Width, view.Scheme, height)))
        + "</body>";

    private static string Frame(string html, int width, string scheme, int height) => string.Create(
        CultureInfo.InvariantCulture,
        $"<iframe sandbox=\"allow-same-origin\" style=\"border:0;flex:none;width:{width}px;height:{height}px;color-scheme:{scheme};background:{(scheme == "dark" ? "#111315" : "#ffffff")}\" srcdoc=\"{WebUtility.HtmlEncode(html)}\"></iframe>");

    private static string Write(TemporaryFolder folder, string name, string content)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, content);
        return path;
    }

    [GeneratedRegex("<pre id=\"result\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Result();
}
