namespace SafeCast.TokenMonitor.Inspection;

/// <summary>The source of the facts about a token.</summary>
public enum InspectionSource
{
    /// <summary>None.</summary>
    None,

    /// <summary><c>debug_token</c>, queried by the app of the token: all facts.</summary>
    App,

    /// <summary><c>debug_token</c>, queried by the token itself.</summary>
    SelfInspection,

    /// <summary>Calls with the token: <c>/me</c>, its permissions, its assets. They do not state expiry, app and type.</summary>
    TokenItself,
}
