using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SafeCast.TokenMonitor.Cli.Preview;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Notifications.Email;

/// <summary>The HTML part, as Chromium shows it: every message at once, each in a frame of its own width and colour scheme.</summary>
public sealed partial class EmailInBrowserTests
{
    private const double LeastContrast = 4.5;

    // What a phone shows of a mail below its own bars.
    private const int FirstScreen = 640;

    private static readonly Lazy<Task<Measured[]>> Measurements = new(MeasureAsync);

    [SkippableFact]
    public async Task Nothing_is_wider_than_the_screen() =>
        Assert.All(await Measurements.Value, frame => Assert.True(frame.ScrollWidth <= frame.Width, $"{frame} is {frame.ScrollWidth} wide."));

    [SkippableFact]
    public async Task Every_text_has_enough_contrast_in_light_and_dark_mode() =>
        Assert.All(await Measurements.Value, frame => Assert.True(frame.Contrast >= LeastContrast, $"{frame} has a contrast of {frame.Contrast}: {frame.Palest}"));

    [SkippableFact]
    public async Task Light_and_dark_are_two_looks()
    {
        var frames = await Measurements.Value;

        Assert.Equal(["rgb(255, 255, 255)"], frames.Where(frame => frame.Scheme == "light").Select(frame => frame.Card).Distinct());
        Assert.Equal(["rgb(28, 30, 34)"], frames.Where(frame => frame.Scheme == "dark").Select(frame => frame.Card).Distinct());
    }

    [SkippableFact]
    public async Task On_a_phone_the_first_step_is_on_the_first_screen() =>
        Assert.All(
            (await Measurements.Value).Where(frame => frame.Width == 360 && frame.FirstStepBottom is not null && !frame.Name.StartsWith("hostile", StringComparison.Ordinal)),
            frame => Assert.True(frame.FirstStepBottom <= FirstScreen, $"{frame} ends its first step at {frame.FirstStepBottom}."));

    private static async Task<Measured[]> MeasureAsync()
    {
        var browser = Browser.Find() ?? throw new CannotRunHereException($"{Browser.Missing}.");
        using var folder = new TemporaryFolder();
        var page = folder.Write("measure.html", Page());
        var dom = await browser.ReadAsync(page, CancellationToken.None);
        var json = WebUtility.HtmlDecode(Result().Match(dom).Groups[1].Value);
        var measured = JsonSerializer.Deserialize<Measured[]>(json, JsonSerializerOptions.Web)!;
        Assert.Equal(4 * Samples().Count(), measured.Length);
        return measured;
    }

    private static IEnumerable<(string Name, AlertMessage Message)> Samples() =>
    [
        .. Messages.All.Select(message => (message.Key, message.Value)),
        ("hostile", Messages.HostileTexts),
        ("hostile-long-words", Messages.Of(Messages.HostileSituation(new string('W', 400)))),
    ];

    private static string Page()
    {
        // Sandboxed, as in a mail program: a script that got into a mail would otherwise hold the browser up instead of being found.
        var page = new StringBuilder("<!DOCTYPE html><meta charset=\"utf-8\"><body>\n");
        foreach (var (name, message) in Samples())
        {
            var mail = WebUtility.HtmlEncode(EmailRenderer.Parts(message).Html);
            foreach (var width in new[] { 360, 600 })
            {
                foreach (var scheme in new[] { "light", "dark" })
                {
                    page.Append($"<iframe sandbox=\"allow-same-origin\" data-name=\"{name}\" data-scheme=\"{scheme}\" width=\"{width}\" height=\"700\" style=\"border:0;color-scheme:{scheme}\" srcdoc=\"{mail}\"></iframe>\n");
                }
            }
        }

        return page.Append($"<pre id=\"result\"></pre><script>{Script}</script></body>").ToString();
    }

    // The contrast by WCAG 2 of every visible text against the nearest opaque background.
    private const string Script = """
        const channel = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
        const light = c => .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]);
        const parse = s => s.match(/[\d.]+/g).map(Number);
        const ground = (e, w) => { for (; e; e = e.parentElement) { const c = parse(w.getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
        function measure(frame) {
          const w = frame.contentWindow, d = frame.contentDocument;
          let contrast = 99, palest = '';
          const walk = d.createTreeWalker(d.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const node = walk.currentNode, range = d.createRange();
            range.selectNodeContents(node);
            if (!node.data.trim() || !range.getClientRects().length) continue;
            const a = light(parse(w.getComputedStyle(node.parentElement).color)), b = light(ground(node.parentElement, w));
            const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            if (ratio < contrast) { contrast = ratio; palest = node.data.trim().slice(0, 60); }
          }
          const step = d.querySelector('ol > li'), button = step && step.querySelector('a');
          return { name: frame.dataset.name, scheme: frame.dataset.scheme, width: frame.clientWidth, scrollWidth: d.documentElement.scrollWidth, contrast, palest,
            card: w.getComputedStyle(d.querySelector('.card')).backgroundColor,
            firstStepBottom: step ? (button ?? step).getBoundingClientRect().bottom : null };
        }
        addEventListener('load', () => { document.getElementById('result').textContent = JSON.stringify([...document.querySelectorAll('iframe')].map(measure)); });
        """;

    [GeneratedRegex("<pre id=\"result\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Result();

    private sealed record Measured(
        string Name, string Scheme, int Width, int ScrollWidth, double Contrast, string Palest, string Card, double? FirstStepBottom)
    {
        public override string ToString() => $"{Name} at {Width} px, {Scheme},";
    }
}
