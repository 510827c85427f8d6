using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;

/// <summary>A problem at Meta or in the vault.</summary>
/// <param name="Make">Undoes it.</param>
/// <param name="Found">The ids of all that has to be found, and of nothing else.</param>
internal sealed record TokenTrouble(Action<SimulatedMonitor> Make, params string[] Found);
