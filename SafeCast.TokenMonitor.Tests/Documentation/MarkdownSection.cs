using Markdig.Syntax;

namespace SafeCast.TokenMonitor.Tests.Documentation;

/// <summary>A heading and its content.</summary>
internal sealed record MarkdownSection(string Anchor, int Level, IReadOnlyList<Block> Blocks, string Source, int Start);
