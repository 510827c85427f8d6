using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>All that an examination saw. Facts, no judgement.</summary>
internal sealed record DiagnosticsFacts
{
    public required DateTimeOffset Now { get; init; }

    public required DiagnosticsSettings Settings { get; init; }

    /// <summary>A check that told nobody.</summary>
    public required CheckReport Check { get; init; }

    /// <summary>For each token that there is not, by its configured name, what was found of its app.</summary>
    public required IReadOnlyDictionary<string, AppOnlyInspection> AppOnlyInspections { get; init; }

    /// <summary>The name of the store that holds the secrets.</summary>
    public required string SecretStore { get; init; }

    /// <summary>As whom the vault knows whoever runs this; null: there is no vault.</summary>
    public required VaultIdentity? Identity { get; init; }

    /// <summary>What came of reading each channel's key.</summary>
    public required IReadOnlyDictionary<string, SecretReading> ChannelKeys { get; init; }

    /// <summary>What came of the test messages; null: none was sent.</summary>
    public required IReadOnlyList<Delivery>? TestMessages { get; init; }

    /// <summary>The name of the store that remembers.</summary>
    public required string StateStore { get; init; }

    /// <summary>Why a probe could not be written to it, read from it and deleted; null: it could.</summary>
    public required string? StateTrouble { get; init; }

    /// <summary>What is remembered.</summary>
    public required IReadOnlyList<TokenStatus> Remembered { get; init; }
}
