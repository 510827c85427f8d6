using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;

namespace SafeCast.TokenMonitor.Monitoring;

/// <summary>What is remembered of one token.</summary>
/// <param name="TokenName">The token's name.</param>
/// <param name="State">What is remembered.</param>
/// <param name="NextMessage">When people are told again if nothing changes; null: nothing is open.</param>
/// <param name="Trouble">Why what is remembered cannot be read; null: it can.</param>
/// <param name="Context">The token as it is configured.</param>
public sealed record TokenStatus(
    string TokenName,
    TokenState State,
    DateTimeOffset? NextMessage,
    string? Trouble,
    [property: JsonIgnore] TokenContext Context);
