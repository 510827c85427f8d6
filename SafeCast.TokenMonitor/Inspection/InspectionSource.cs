namespace SafeCast.TokenMonitor.Inspection;

/// <summary>Who answered for a token.</summary>
public enum InspectionSource
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary><c>debug_token</c>, asked by the token's own app: all that Graph knows.</summary>
    App,

    /// <summary><c>debug_token</c>, asked by the token itself.</summary>
    SelfInspection,

    /// <summary>What the token can do: <c>/me</c>, its permissions, its assets. Says nothing of expiry, app and type.</summary>
    TokenItself,
}
