using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SafeCast.TokenMonitor.Tests.Documentation;

/// <summary>A page of the documentation, parsed like on GitHub.</summary>
internal sealed class MarkdownPage
{
    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoIdentifiers(Markdig.Extensions.AutoIdentifiers.AutoIdentifierOptions.GitHub)
        .UsePreciseSourceLocation()
        .Build();

    private readonly MarkdownDocument _document;

    public MarkdownPage(string source)
    {
        Source = source.ReplaceLineEndings("\n");
        _document = Markdown.Parse(Source, GitHub);
        Sections = [.. _document.OfType<HeadingBlock>().Select(SectionOf)];
    }

    public string Source { get; }

    /// <summary>Gets the headings, each with the content up to the next heading of any level.</summary>
    public IReadOnlyList<MarkdownSection> Sections { get; }

    public IEnumerable<string> Links => _document.Descendants<LinkInline>().Select(link => link.Url ?? "");

    /// <summary>Gets the inline code, and each line of the code blocks.</summary>
    public IEnumerable<string> Code =>
    [
        .. _document.Descendants<CodeInline>().Select(code => code.Content),
        .. _document.Descendants<CodeBlock>().SelectMany(block => block.Lines.Lines.Take(block.Lines.Count).Select(line => line.ToString())),
    ];

    public MarkdownSection Section(string anchor) => Assert.Single(Sections, section => section.Anchor == anchor);

    /// <summary>Gets the subsections of a second-level heading.</summary>
    public IEnumerable<MarkdownSection> Below(string anchor) =>
        Sections.SkipWhile(section => section.Anchor != anchor).Skip(1).TakeWhile(section => section.Level > 2);

    public static string PlainText(Block block, string source)
    {
        ArgumentNullException.ThrowIfNull(block);
        return Markdown.ToPlainText(source.Substring(block.Span.Start, block.Span.Length), GitHub).Trim().ReplaceLineEndings(" ");
    }

    private MarkdownSection SectionOf(HeadingBlock heading)
    {
        var blocks = _document.SkipWhile(block => block != heading).Skip(1).TakeWhile(block => block is not HeadingBlock).ToList();
        var end = blocks.Count > 0 ? blocks[^1].Span.End + 1 : heading.Span.End + 1;
        return new MarkdownSection(heading.GetAttributes().Id ?? "", heading.Level, blocks, Source[(heading.Span.End + 1)..end], heading.Span.End + 1);
    }
}
