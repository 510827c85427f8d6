using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Incidents;

/// <summary>What one check has to say of one token, as far as incidents go.</summary>
/// <param name="Assessment">The assessment.</param>
/// <param name="Fingerprint">The fingerprint of the token that was read; null: none was.</param>
public sealed record Observation(TokenAssessment Assessment, string? Fingerprint)
{
    /// <summary>When the inspection began, UTC; null: not known.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whom the token speaks for; null: not known.</summary>
    public Identity? SystemUser { get; init; }
}
