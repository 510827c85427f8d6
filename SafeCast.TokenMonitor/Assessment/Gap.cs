namespace SafeCast.TokenMonitor.Assessment;

/// <summary>Something that a check does not know of a token.</summary>
/// <param name="Kind">Why it is not known, and so whether the check was complete.</param>
/// <param name="What">What is not known: "when it expires".</param>
/// <param name="Why">Why, as a sentence.</param>
public sealed record Gap(GapKind Kind, string What, string Why);

/// <summary>Why something is not known.</summary>
public enum GapKind
{
    /// <summary>The configuration leaves out what would be needed to ask. Named in the report; the check is complete without it.</summary>
    NotConfigured,

    /// <summary>Graph answered and left this out, or said something that nobody knows. Nothing hangs on it.</summary>
    NotStated,

    /// <summary>It was asked, and there was no answer to rest on: the check is not complete.</summary>
    CouldNotFindOut,
}
