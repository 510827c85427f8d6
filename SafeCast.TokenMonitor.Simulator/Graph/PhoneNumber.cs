namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A phone number that sends WhatsApp messages.</summary>
public sealed class PhoneNumber
{
    /// <summary>The number's id, which is not the number.</summary>
    public required string Id { get; init; }

    /// <summary>The number as people read it.</summary>
    public required string DisplayNumber { get; set; }

    /// <summary>The name that recipients see.</summary>
    public required string VerifiedName { get; set; }

    /// <summary><c>GREEN</c>, <c>YELLOW</c>, <c>RED</c> or <c>UNKNOWN</c>.</summary>
    public string QualityRating { get; set; } = "GREEN";

    /// <summary><c>CONNECTED</c>, <c>DISCONNECTED</c>, <c>FLAGGED</c>, <c>RESTRICTED</c>, <c>BANNED</c> ...</summary>
    public string Status { get; set; } = "CONNECTED";

    /// <summary>
    /// What hinders sending. Entities that are not named here are available; the number, its account, the owner and the
    /// asking app are always listed.
    /// </summary>
    public IReadOnlyList<HealthEntity> Troubles { get; set; } = [];
}
