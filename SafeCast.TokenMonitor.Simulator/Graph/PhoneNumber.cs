namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A phone number that sends WhatsApp messages.</summary>
public sealed class PhoneNumber
{
    /// <summary>The id of the number.</summary>
    public required string Id { get; init; }

    /// <summary>The display number.</summary>
    public required string DisplayNumber { get; set; }

    /// <summary>The name that recipients see.</summary>
    public required string VerifiedName { get; set; }

    /// <summary><c>GREEN</c>, <c>YELLOW</c>, <c>RED</c> or <c>UNKNOWN</c>.</summary>
    public string QualityRating { get; set; } = "GREEN";

    /// <summary><c>CONNECTED</c>, <c>DISCONNECTED</c>, <c>FLAGGED</c>, <c>RESTRICTED</c>, <c>BANNED</c> ...</summary>
    public string Status { get; set; } = "CONNECTED";

    /// <summary>
    /// The entities that prevent sending. The number, its account, the owner and the calling app are always listed; those without an entry are
    /// available.
    /// </summary>
    public IReadOnlyList<HealthEntity> Troubles { get; set; } = [];

    /// <summary>Fields that Meta removed from this type, such as <c>health_status</c>. A request for one of them is an error.</summary>
    public IReadOnlySet<string> RemovedFields { get; set; } = new HashSet<string>();
}
