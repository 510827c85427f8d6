namespace SafeCast.TokenMonitor.Assessment;

/// <summary>One way in which the facts fall short of what was expected.</summary>
public sealed record Finding
{
    /// <summary>Which way.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>The kind's stable id, such as <c>token-revoked</c>.</summary>
    public required string Id { get; init; }

    /// <summary>How bad it is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What happened, to stand behind <c>WhatsApp token "production"</c>: "was revoked".</summary>
    public required string Predicate { get; init; }

    /// <summary>What stops working, in a sentence or two.</summary>
    public required string Impact { get; init; }

    /// <summary>How to mend it, in order.</summary>
    public required IReadOnlyList<RemedyStep> Remedy { get; init; }

    /// <summary>What it rests on.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>For something that comes to an end: when, UTC.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The configuration accepts it: reported, told to nobody, not counted in the verdict.</summary>
    public bool Accepted { get; init; }
}

/// <summary>One thing to do, with the page where it is done.</summary>
public sealed record RemedyStep(string Text, Link? Link = null);

/// <summary>A page to open.</summary>
public sealed record Link(string Title, Uri Url);

/// <summary>A named fact. The value may have come from outside: it is scrubbed, and still to be encoded.</summary>
public sealed record Evidence(string Name, string Value);
