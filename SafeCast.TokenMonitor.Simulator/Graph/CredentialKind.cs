namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>The credential of a call.</summary>
public enum CredentialKind
{
    /// <summary>No credential.</summary>
    None,

    /// <summary>An app credential <c>ID|SECRET</c>, valid or not.</summary>
    App,

    /// <summary>A token, or any other value.</summary>
    Token,
}
