using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>The stored state of one token.</summary>
/// <param name="TokenName">The token's name.</param>
/// <param name="State">The stored state.</param>
/// <param name="NextMessage">When the next alert is sent if nothing changes; null: no incident is open.</param>
/// <param name="Problem">The reason why the state cannot be read; null: it was read.</param>
/// <param name="Context">The configured token.</param>
public sealed record TokenStatus(
    string TokenName,
    TokenState State,
    DateTimeOffset? NextMessage,
    string? Problem,
    [property: JsonIgnore] TokenContext Context);
