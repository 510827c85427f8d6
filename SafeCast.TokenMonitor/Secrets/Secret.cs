using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>
/// A token, app secret, API key or webhook URL. In every output (interpolated strings, logs, JSON, the debugger, records) it appears as its
/// <see cref="Fingerprint"/>.
/// </summary>
[DebuggerDisplay("{Fingerprint,nq}")]
[JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret : IEquatable<Secret>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    /// <summary>Wraps a value that must never be printed.</summary>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))[..8];
    }

    /// <summary>The first 8 hex digits of the SHA-256 of the value, to compare tokens in alerts and reports.</summary>
    public string Fingerprint { get; }

    /// <summary>Gets the value. Only for the request that sends it.</summary>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public override string ToString() => Fingerprint;

    /// <inheritdoc/>
    public bool Equals(Secret? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_value), Encoding.UTF8.GetBytes(other._value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Fingerprint);
}
