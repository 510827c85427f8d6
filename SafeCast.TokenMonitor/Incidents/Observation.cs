using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Incidents;

/// <summary>The result of one check of one token, as far as incidents need it.</summary>
/// <param name="Assessment">The assessment.</param>
/// <param name="Fingerprint">The fingerprint of the token that was read; null: none was read.</param>
public sealed record Observation(TokenAssessment Assessment, string? Fingerprint)
{
    /// <summary>When the inspection started, UTC; null: not known.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The system user of the token; null: not known.</summary>
    public Identity? SystemUser { get; init; }
}
