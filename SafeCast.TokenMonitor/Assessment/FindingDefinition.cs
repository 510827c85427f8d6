namespace SafeCast.TokenMonitor.Assessment;

/// <summary>A kind of finding: what it means and how it is mended.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Id">Its stable id, which configuration, reports and the runbook use.</param>
/// <param name="Severity">How bad it is, unless a rule says otherwise.</param>
/// <param name="Glance">The same in few words, to stand above the first step.</param>
/// <param name="Predicate">What happened, to stand behind <c>WhatsApp token "production"</c>; a composite format for a rule's details.</param>
/// <param name="Impact">What stops working.</param>
/// <param name="Remedy">How to mend it, with the names of what is to be mended.</param>
public sealed record FindingDefinition(
    FindingKind Kind,
    string Id,
    Severity Severity,
    FindingGlance Glance,
    string Predicate,
    string Impact,
    Func<TokenNames, IReadOnlyList<RemedyStep>> Remedy)
{
    /// <summary>
    /// It can be seen while nothing is known of whether the token lives: in the store, or in the headers of an answer that says nothing
    /// else. A check that saw only such findings, and could not find out whether the token lives, did not find out. One that the monitor
    /// is itself half blind is none of these, because it says so.
    /// </summary>
    public bool IsSeenWhileBlind { get; init; }
}
