using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>
/// A token, app secret, API key or webhook URL. However it is printed (interpolated, logged, serialised, looked at in a
/// debugger, held in a record), it prints as its <see cref="Fingerprint"/>.
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

    /// <summary>The first 8 hex digits of the value's SHA-256: what people compare in alerts and reports.</summary>
    public string Fingerprint { get; }

    /// <summary>The value itself. Only for the call that carries it over the wire.</summary>
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
