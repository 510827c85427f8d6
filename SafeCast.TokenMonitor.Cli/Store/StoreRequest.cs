namespace SafeCast.TokenMonitor.Cli.Store;

/// <summary>What was asked for on the command line. Holds no secret.</summary>
/// <param name="TokenName">Which token; null: the only one.</param>
/// <param name="DryRun">Store nothing.</param>
/// <param name="Force">Store although something stands in its way.</param>
/// <param name="Confirmation">The token's name once more, where nobody can be asked for it; null: not given.</param>
internal sealed record StoreRequest(string? TokenName, bool DryRun = false, bool Force = false, string? Confirmation = null);
