using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>What is known of the token that was in place before the one that is looked at.</summary>
/// <param name="SystemUserId">Whom it spoke for; null: not known.</param>
/// <param name="SystemUserName">That user's name; null: not known.</param>
public sealed record TokenBefore(string? SystemUserId, string? SystemUserName)
{
    /// <summary>Nothing is known.</summary>
    public static TokenBefore Unknown { get; } = new(null, null);

    internal static TokenBefore From(TokenInspection inspection) =>
        new(inspection.Me?.Value?.Id ?? inspection.Debug?.Value?.UserId, inspection.Me?.Value?.Name);
}
