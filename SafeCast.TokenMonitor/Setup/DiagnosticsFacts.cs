using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>The facts of the diagnostics, without an evaluation.</summary>
internal sealed record DiagnosticsFacts
{
    public required DateTimeOffset Now { get; init; }

    public required DiagnosticsSettings Settings { get; init; }

    /// <summary>The report of a check that sent no alerts.</summary>
    public required CheckReport Check { get; init; }

    /// <summary>The inspections of the apps of missing tokens, by the name of the token.</summary>
    public required IReadOnlyDictionary<string, AppOnlyInspection> AppOnlyInspections { get; init; }

    /// <summary>The name of the secret store.</summary>
    public required string SecretStore { get; init; }

    /// <summary>The identity of the current user at the vault; null: there is no vault.</summary>
    public required VaultIdentity? Identity { get; init; }

    /// <summary>The results of reading the keys of the channels, by channel.</summary>
    public required IReadOnlyDictionary<string, SecretReading> ChannelKeys { get; init; }

    /// <summary>The deliveries of the test messages; null: none was sent.</summary>
    public required IReadOnlyList<Delivery>? TestMessages { get; init; }

    /// <summary>The name of the state store.</summary>
    public required string StateStore { get; init; }

    /// <summary>Why a test document could not be written, read and deleted; null: it could.</summary>
    public required string? StateProblem { get; init; }

    /// <summary>The stored state of the tokens.</summary>
    public required IReadOnlyList<TokenStatus> Statuses { get; init; }
}

/// <summary>The settings that the diagnostics need in addition to those of a check.</summary>
/// <param name="Schedule">The schedule of the check, an NCRONTAB expression with seconds, in UTC; null: on demand.</param>
/// <param name="ChannelKeys">The names of the secrets with the keys of the channels, by channel.</param>
/// <param name="GraphVersion">The requested Graph version.</param>
internal sealed record DiagnosticsSettings(string? Schedule, IReadOnlyDictionary<string, string> ChannelKeys, string GraphVersion);
