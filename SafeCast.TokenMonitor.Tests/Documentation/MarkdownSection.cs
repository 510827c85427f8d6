using Markdig.Syntax;

namespace SafeCast.TokenMonitor.Tests.Documentation;

/// <summary>A heading's anchor, and what stands under the heading.</summary>
internal sealed record MarkdownSection(string Anchor, int Level, IReadOnlyList<Block> Blocks, string Source, int Start);
