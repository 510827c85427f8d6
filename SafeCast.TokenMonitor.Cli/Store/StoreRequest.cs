namespace SafeCast.TokenMonitor.Cli.Store;

/// <summary>The arguments of the store command. Contains no secret.</summary>
/// <param name="TokenName">The name of the token; null: the only one.</param>
/// <param name="DryRun">Check without storing.</param>
/// <param name="Force">Store although a step failed or is unknown.</param>
/// <param name="Confirmation">The name of the token, to confirm without a prompt; null: not given.</param>
internal sealed record StoreRequest(string? TokenName, bool DryRun = false, bool Force = false, string? Confirmation = null);
