using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>A new token, inspected and ready to be stored.</summary>
public sealed record NewToken
{
    /// <summary>The token.</summary>
    public required Secret Token { get; init; }

    /// <summary>The result of its inspection.</summary>
    public required TokenCheckup Checkup { get; init; }

    /// <summary>The currently stored value.</summary>
    public required SecretReading InPlace { get; init; }

    /// <summary>The names of other configured tokens that use the same secret.</summary>
    public required IReadOnlyList<string> AlsoFor { get; init; }

    /// <summary>The same token is already stored.</summary>
    public bool IsInPlace => InPlace is SecretReading.Found { Value: var value } && value.Equals(Token);

    /// <summary>The fingerprint of the token that it replaces; null: none or unknown.</summary>
    public string? FingerprintInPlace => (InPlace as SecretReading.Found)?.Value.Fingerprint;

    /// <summary>The steps that prevent storing.</summary>
    public IReadOnlyList<CheckedStep> Blocking => Checkup.Blocking;
}
