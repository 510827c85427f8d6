using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>A fresh token that is to take the place of another, and what was found of it.</summary>
public sealed record NewToken
{
    /// <summary>The fresh token.</summary>
    public required Secret Token { get; init; }

    /// <summary>What was found of it.</summary>
    public required TokenCheckup Checkup { get; init; }

    /// <summary>What is in place now.</summary>
    public required SecretReading InPlace { get; init; }

    /// <summary>The other configured names that read their token from the same secret, and so get this one too.</summary>
    public required IReadOnlyList<string> AlsoFor { get; init; }

    /// <summary>The same token is in place already.</summary>
    public bool IsInPlace => InPlace is SecretReading.Found { Value: var value } && value.Equals(Token);

    /// <summary>The fingerprint of the token that it takes the place of; null: none, or not known.</summary>
    public string? FingerprintInPlace => (InPlace as SecretReading.Found)?.Value.Fingerprint;

    /// <summary>The steps that stand in its way.</summary>
    public IReadOnlyList<CheckedStep> Blocking => Checkup.Blocking;
}
