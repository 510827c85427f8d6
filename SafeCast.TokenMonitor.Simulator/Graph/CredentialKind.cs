namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>With what a call came.</summary>
public enum CredentialKind
{
    /// <summary>With nothing.</summary>
    None,

    /// <summary>With <c>ID|SECRET</c>, right or wrong.</summary>
    App,

    /// <summary>With a token, or something in the place of one.</summary>
    Token,
}
