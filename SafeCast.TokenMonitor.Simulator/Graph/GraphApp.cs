namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A Meta app.</summary>
public sealed class GraphApp
{
    /// <summary>The app's id.</summary>
    public required string Id { get; init; }

    /// <summary>The app's name.</summary>
    public required string Name { get; set; }

    /// <summary>The app secret. Setting another one simulates a reset in the dashboard of the app.</summary>
    public required string Secret { get; set; }

    /// <summary>"Require app secret": calls with a token need an <c>appsecret_proof</c>.</summary>
    public bool RequiresProof { get; set; }

    /// <summary>The app was deleted.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Meta blocked the app.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Meta deactivated the app, for example because the yearly data use checkup was missed.</summary>
    public bool IsDeactivated { get; set; }

    /// <summary>The app credential, which inspects tokens: <c>ID|SECRET</c>.</summary>
    public string Credential => $"{Id}|{Secret}";
}
