namespace SafeCast.TokenMonitor.Assessment;

/// <summary>A kind of finding.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">Its stable id, which configuration, reports and the runbook use.</param>
/// <param name="Severity">Its severity, unless a rule decides otherwise.</param>
public sealed record FindingDefinition(FindingKind Kind, string Id, Severity Severity)
{
    /// <summary>
    /// It can be seen while the token's validity is unknown: in the store, or in the headers of an answer that says nothing else. A
    /// check that saw only such findings, and could not learn whether the token is valid, is <see cref="Verdict.Unknown"/>. A rejected
    /// app credential is none of these, because it says itself that the monitor cannot check everything.
    /// </summary>
    public bool IsSeenWithoutToken { get; init; }
}
