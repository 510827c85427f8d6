using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>What is known about the previous token.</summary>
/// <param name="SystemUserId">The id of its system user; null: unknown.</param>
/// <param name="SystemUserName">The name of its system user; null: unknown.</param>
public sealed record TokenBefore(string? SystemUserId, string? SystemUserName)
{
    /// <summary>Nothing is known about it.</summary>
    public static TokenBefore Unknown { get; } = new(null, null);

    internal static TokenBefore From(TokenInspection inspection) =>
        new(inspection.Me?.Value?.Id ?? inspection.Debug?.Value?.UserId, inspection.Me?.Value?.Name);
}
